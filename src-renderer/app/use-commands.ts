import { ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useConnectionsStore } from '../features/connections/store'
import { isEngaged } from '../features/connections/phase-look'
import { useProfilesStore } from '../features/profiles/store'
import { usePublishStore } from '../features/publish/publish-store'
import { useRetainedStore } from '../features/retained/retained-store'
import { useSchemasStore } from '../features/schemas/schemas-store'
import { isolate } from '../i18n/isolate'
import { useReport } from '../i18n/report'
import { useToasts } from '../ui/toasts'
import { usePageStore } from './page-store'
import type { Command } from './shortcuts'

/** What the explore page lets others do. */
export interface ExploreHandle {
  /** Selects a topic and shows its row; false when there is no such topic. */
  readonly reveal: (topic: string) => Promise<boolean>
  readonly filter: (text: string) => void
  readonly focusFilter: () => void
  readonly focusPublish: () => void
  readonly togglePublish: () => void
  /** Sends the shown message again. */
  readonly republish: () => void
  readonly toggleHistory: () => void
  readonly togglePin: () => void
  readonly togglePackets: () => void
  readonly toggleTable: () => void
  readonly showsTree: boolean
  /** Of the selected topic. */
  readonly copyTopic: () => void
  readonly toggleFavourite: () => void
  readonly showHidden: () => void
  readonly toggleChanged: () => void
  readonly markSeen: () => void
  readonly toggleLiveSort: () => void
  /** Shows so many levels of the tree, or all. */
  readonly expand: (levels: number | 'all') => void
  readonly hasSelection: boolean
}

export interface Commands {
  readonly startingDemo: Readonly<Ref<boolean>>
  /** Whether a command can do anything now. */
  readonly isAvailable: (command: Command) => boolean
  readonly run: (command: Command) => void
  readonly openProfile: (profileId: string, connect: boolean) => void
  readonly openDemo: () => void
  readonly selectTab: (connectionId: string) => void
  readonly newConnection: () => void
  /** Shows a topic of the tab in front and selects it, or says that there is none. */
  readonly goTo: (topic: string) => void
  readonly editProfile: (profileId: string) => void
}

/** Everything that can be done from anywhere: by key, from the palette, from a page. Failures are reported. */
export function useCommands(explore: Readonly<Ref<ExploreHandle | null>>): Commands {
  const { t } = useI18n({ useScope: 'global' })
  const report = useReport()
  const toasts = useToasts()
  const page = usePageStore()
  const connections = useConnectionsStore()
  const profiles = useProfilesStore()
  const publishing = usePublishStore()
  const retained = useRetainedStore()
  const schemas = useSchemasStore()
  const startingDemo = ref(false)

  const attempt = (work: Promise<unknown>) => void work.catch(report)

  function openProfile(profileId: string, connect: boolean): void {
    page.page = 'explore'
    attempt(connections.open(profileId, connect))
  }

  function openDemo(): void {
    if (startingDemo.value) return
    startingDemo.value = true
    const opening = connections.openDemo().then(() => {
      page.page = 'explore'
    })
    attempt(opening.finally(() => (startingDemo.value = false)))
  }

  function selectTab(connectionId: string): void {
    page.page = 'explore'
    attempt(connections.select(connectionId))
  }

  function newConnection(): void {
    profiles.editing = { kind: 'new' }
  }

  function editProfile(profileId: string): void {
    profiles.editing = { kind: 'existing', profileId }
  }

  async function reveal(topic: string): Promise<void> {
    if (await explore.value?.reveal(topic)) return
    toasts.show({ tone: 'info', title: t('commands.topicUnknown', { topic: isolate(topic) }) })
  }

  function isAvailable(command: Command): boolean {
    const { active } = connections
    const onTree = page.page === 'explore' && explore.value?.showsTree === true
    switch (command) {
      case 'show-outbox':
      case 'manage-decoders':
        return active !== null
      case 'toggle-connection':
      case 'connection-details':
      case 'toggle-packets':
      case 'close-tab':
        return active !== null && page.page === 'explore'
      case 'show-retained':
        return onTree && active?.status.phase === 'online'
      case 'next-tab':
      case 'previous-tab':
        return connections.connections.length > 1 && page.page === 'explore'
      case 'copy-topic':
      case 'toggle-favourite':
        return onTree && explore.value?.hasSelection === true
      case 'toggle-pause':
      case 'jump-to-topic':
      case 'show-hidden':
      case 'toggle-changed':
      case 'mark-seen':
      case 'toggle-live-sort':
      case 'expand-all':
      case 'collapse-all':
      case 'focus-filter':
      case 'focus-publish':
      case 'toggle-publish':
      case 'toggle-history':
      case 'toggle-table':
        return onTree
      case 'toggle-pin':
        return onTree && explore.value?.hasSelection === true
      default:
        return true
    }
  }

  function toggleConnection(): void {
    const { active } = connections
    if (active === null) return
    attempt(isEngaged(active.status) ? connections.disconnect(active.id) : connections.connect(active.id))
  }

  function run(command: Command): void {
    const { active } = connections
    switch (command) {
      case 'open-palette':
        page.paletteOpen = true
        return
      case 'new-connection':
        return newConnection()
      case 'toggle-connection':
        return toggleConnection()
      case 'connection-details':
        connections.showingDetails = active !== null
        return
      case 'toggle-pause':
        if (active !== null) attempt(connections.setPaused(active.id, !active.paused))
        return
      case 'close-tab':
        if (active !== null) attempt(connections.close(active.id))
        return
      case 'next-tab':
        return attempt(connections.selectBeside(1))
      case 'previous-tab':
        return attempt(connections.selectBeside(-1))
      case 'jump-to-topic':
        page.jumpOpen = true
        return
      case 'copy-topic':
        return explore.value?.copyTopic()
      case 'toggle-favourite':
        return explore.value?.toggleFavourite()
      case 'show-hidden':
        return explore.value?.showHidden()
      case 'toggle-changed':
        return explore.value?.toggleChanged()
      case 'mark-seen':
        return explore.value?.markSeen()
      case 'toggle-live-sort':
        return explore.value?.toggleLiveSort()
      case 'expand-all':
        return explore.value?.expand('all')
      case 'collapse-all':
        return explore.value?.expand(1)
      case 'focus-filter':
        return explore.value?.focusFilter()
      case 'focus-publish':
        return explore.value?.focusPublish()
      case 'toggle-publish':
        return explore.value?.togglePublish()
      case 'republish':
        return explore.value?.republish()
      case 'show-outbox':
        publishing.outboxOpen = true
        return
      case 'show-retained':
        if (active !== null) retained.show(active.id, null)
        return
      case 'manage-decoders':
        if (active !== null) schemas.open(active.id)
        return
      case 'toggle-history':
        return explore.value?.toggleHistory()
      case 'toggle-pin':
        return explore.value?.togglePin()
      case 'toggle-packets':
        return explore.value?.togglePackets()
      case 'toggle-table':
        return explore.value?.toggleTable()
      case 'explore':
      case 'charts':
      case 'collections':
      case 'acl':
      case 'profiles':
      case 'certificates':
      case 'settings':
        page.page = command
    }
  }

  return { startingDemo, isAvailable, run, openProfile, openDemo, selectTab, newConnection, editProfile, goTo: (topic) => attempt(reveal(topic)) }
}
