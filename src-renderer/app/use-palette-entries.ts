import {
  Archive,
  ArrowDownNarrowWide,
  BadgeCheck,
  Binary,
  ChartLine,
  CheckCheck,
  ChevronsDownUp,
  ChevronsUpDown,
  Copy,
  EyeOff,
  History,
  Star,
  FileInput,
  FileOutput,
  FlaskConical,
  CornerDownRight,
  Funnel,
  Info,
  LibraryBig,
  ListTree,
  Monitor,
  Moon,
  Mails,
  PanelBottom,
  PanelRight,
  PanelTop,
  Repeat,
  Pause,
  Pin,
  Play,
  Plug,
  Plus,
  ScrollText,
  Table2,
  Search,
  Send,
  Server,
  Settings,
  ShieldCheck,
  SquareTerminal,
  Sun,
  Unplug,
  X,
} from '@lucide/vue'
import { topicNameFault } from '@shared/mqtt/topic'
import type { AppInfo } from '@shared/ipc/app-info'
import type { Theme } from '@shared/settings/settings'
import { computed, type Component, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { isolate } from '../i18n/isolate'
import { isEngaged } from '../features/connections/phase-look'
import { useConnectionsStore } from '../features/connections/store'
import { brokerAddress } from '@shared/profile/broker-address'
import { useProfilesStore } from '../features/profiles/store'
import { useSettingsStore } from '../features/settings/store'
import { DEPTHS } from '../features/topics/tree-keys'
import { useTransferStore } from '../features/transfer/store'
import { useReport } from '../i18n/report'
import type { PaletteEntry } from './palette-entries'
import { shortcutOf, type Command } from './shortcuts'
import type { Commands, ExploreHandle } from './use-commands'
import { useTopicKnown } from './use-topic-known'

const THEMES: readonly { theme: Theme; icon: Component }[] = [
  { theme: 'system', icon: Monitor },
  { theme: 'light', icon: Sun },
  { theme: 'dark', icon: Moon },
]

/** All that the palette offers at this moment. */
export function usePaletteEntries(
  query: Readonly<Ref<string>>,
  platform: AppInfo['platform'],
  commands: Commands,
  explore: Readonly<Ref<ExploreHandle | null>>,
): ComputedRef<PaletteEntry[]> {
  const { t } = useI18n({ useScope: 'global' })
  const report = useReport()
  const connections = useConnectionsStore()
  const profiles = useProfilesStore()
  const settings = useSettingsStore()
  const transfer = useTransferStore()

  function entry(command: Command, icon: Component, words: string = command): PaletteEntry {
    return {
      id: command,
      group: 'commands',
      label: t(`commands.${words}`),
      icon,
      shortcut: shortcutOf(command, platform),
      run: () => commands.run(command),
    }
  }

  /** The entry of a command that can do something now. */
  function offered(command: Command, icon: Component, words?: string): PaletteEntry[] {
    return commands.isAvailable(command) ? [entry(command, icon, words)] : []
  }

  /** The tree to a depth. */
  const levels = computed<PaletteEntry[]>(() => {
    const handle = explore.value
    if (handle === null || !commands.isAvailable('expand-all')) return []
    return DEPTHS.slice(1).map((depth) => ({
      id: `levels-${depth}`,
      group: 'commands',
      label: t('commands.levels', { n: depth }, depth),
      icon: ChevronsUpDown,
      run: () => handle.expand(depth),
    }))
  })

  const ofConnection = computed<PaletteEntry[]>(() => {
    const { active } = connections
    if (active === null) return []
    const engaged = isEngaged(active.status)
    return [
      offered('jump-to-topic', CornerDownRight),
      offered('focus-filter', Search),
      offered('toggle-changed', History),
      offered('focus-publish', Send),
      offered('toggle-publish', PanelBottom),
      offered('republish', Repeat),
      offered('toggle-history', PanelRight),
      offered('toggle-table', Table2),
      offered('toggle-pin', Pin),
      offered('show-outbox', Mails),
      offered('show-retained', Archive),
      offered('toggle-packets', ScrollText),
      offered('manage-decoders', Binary),
      active.paused ? offered('toggle-pause', Play, 'resume') : offered('toggle-pause', Pause, 'pause'),
      engaged ? offered('toggle-connection', Unplug, 'disconnect') : offered('toggle-connection', Plug, 'connect'),
      offered('connection-details', Info),
      offered('close-tab', X),
      offered('mark-seen', CheckCheck),
      offered('toggle-favourite', Star),
      offered('copy-topic', Copy),
      offered('show-hidden', EyeOff),
      offered('toggle-live-sort', ArrowDownNarrowWide),
      offered('expand-all', ChevronsUpDown),
      offered('collapse-all', ChevronsDownUp),
      levels.value,
    ].flat()
  })

  const exportAll = computed<PaletteEntry>(() => ({
    id: 'export',
    group: 'commands',
    label: t('commands.export-profiles'),
    icon: FileOutput,
    run: () => transfer.startExport(profiles.profiles.map(({ id }) => id)),
  }))

  /** Of a profile's tab. */
  const copyCommand = computed<PaletteEntry[]>(() => {
    const { active } = connections
    if (active?.source.kind !== 'profile') return []
    const { profileId } = active.source
    const run = () => transfer.showCommand(profileId, active.id)
    return [{ id: 'copy-command', group: 'commands', label: t('commands.copy-command'), icon: SquareTerminal, run }]
  })

  const fixed = computed<PaletteEntry[]>(() => [
    entry('new-connection', Plus),
    { id: 'demo', group: 'commands', label: t('commands.open-demo'), icon: FlaskConical, run: commands.openDemo },
    { id: 'import', group: 'commands', label: t('commands.import-profiles'), icon: FileInput, run: transfer.startImport },
    ...(profiles.profiles.length === 0 ? [] : [exportAll.value]),
    entry('explore', ListTree),
    entry('charts', ChartLine),
    entry('profiles', Server),
    entry('collections', LibraryBig),
    entry('acl', ShieldCheck),
    entry('certificates', BadgeCheck),
    entry('settings', Settings),
    ...THEMES.map(({ theme, icon }) => ({
      id: `theme-${theme}`,
      group: 'commands' as const,
      label: t(`commands.theme-${theme}`),
      icon,
      run: () => void settings.setTheme(theme).catch(report),
    })),
  ])

  const tabs = computed<PaletteEntry[]>(() =>
    connections.connections.map(({ id, name, address }) => ({
      id: `tab-${id}`,
      group: 'tabs',
      label: t('commands.tab', { name: isolate(name) }),
      detail: address,
      icon: PanelTop,
      run: () => commands.selectTab(id),
    })),
  )

  const saved = computed<PaletteEntry[]>(() =>
    profiles.profiles.map((profile) => ({
      id: `profile-${profile.id}`,
      group: 'profiles',
      label: t('commands.profile', { name: isolate(profile.name) }),
      detail: profile.group === '' ? brokerAddress(profile) : `${profile.group} · ${brokerAddress(profile)}`,
      icon: Plug,
      run: () => commands.openProfile(profile.id, true),
    })),
  )

  // As it is typed: blanks are part of a topic.
  const typedTopic = computed(() =>
    query.value.trim() === '' || explore.value?.showsTree !== true || topicNameFault(query.value) !== null
      ? null
      : query.value,
  )
  const isKnown = useTopicKnown(typedTopic)

  /** What is typed may be a topic to go to, or a part of the topics looked for. */
  const topic = computed<PaletteEntry[]>(() => {
    const typed = query.value
    const handle = explore.value
    if (typed.trim() === '' || handle?.showsTree !== true) return []
    const goToIt: PaletteEntry = {
      id: 'topic',
      group: 'topics',
      label: t('commands.goToTopic', { topic: isolate(typed) }),
      icon: CornerDownRight,
      run: () => commands.goTo(typed),
    }
    const filterByIt: PaletteEntry = {
      id: 'filter',
      group: 'topics',
      label: t('commands.filterTopics', { filter: isolate(typed) }),
      remark: isKnown.value === false ? t('commands.noSuchTopic') : undefined,
      icon: Funnel,
      run: () => handle.filter(typed),
    }
    return typedTopic.value === null || isKnown.value === false ? [filterByIt] : [goToIt, filterByIt]
  })

  return computed(() => [...ofConnection.value, ...copyCommand.value, ...fixed.value, ...tabs.value, ...saved.value, ...topic.value])
}
