import { app, clipboard } from 'electron'
import type { AppInfo } from '@shared/ipc/app-info'
import type { Handlers } from '../ipc/handlers'
import type { Notices } from './notices'

type AppHandlers = Pick<Handlers, 'app.read-info' | 'app.copy-text' | 'app.dismiss-notice'>

/** What the app itself answers; `canEncrypt` and `selectedConnectionId` come from the rooms that know them. */
export function appHandlers(
  notices: Notices,
  canEncrypt: () => Promise<boolean>,
  selectedConnectionId: () => string | null,
): AppHandlers {
  return {
    'app.read-info': async () => ({
      version: app.getVersion(),
      platform: platformOf(process.platform),
      electronVersion: process.versions.electron,
      chromiumVersion: process.versions.chrome,
      nodeVersion: process.versions.node,
      canEncrypt: await canEncrypt(),
      notices: notices.list(),
      selectedConnectionId: selectedConnectionId(),
    }),
    'app.copy-text': async ({ text }) => {
      await clipboard.writeText(text)
    },
    'app.dismiss-notice': ({ noticeId }) => {
      notices.dismiss(noticeId)
    },
  }
}

function platformOf(platform: NodeJS.Platform): AppInfo['platform'] {
  if (platform === 'darwin') return 'mac'
  return platform === 'win32' ? 'windows' : 'linux'
}
