import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import type { WindowState } from '../settings/settings-store'

const MINIMUM = { width: 760, height: 480 }
const BACKGROUND = { dark: '#0e1116', light: '#f3f4f7' }
const REMEMBER_AFTER_MS = 400

export interface WindowOptions {
  readonly preload: string
  readonly icon: string
  readonly state: WindowState
  readonly remember: (state: WindowState) => void
}

/** Makes the one window, where it was last time, as long as that place is still on a screen. */
export function createMainWindow({ preload, icon, state, remember }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOf(state),
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    title: 'Pubscope',
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (state.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  offerReloadAfterCrash(window)

  let timer: NodeJS.Timeout | null = null
  const rememberSoon = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => remember(stateOf(window)), REMEMBER_AFTER_MS)
  }
  window.on('resize', rememberSoon)
  window.on('move', rememberSoon)
  window.on('close', () => {
    if (timer !== null) clearTimeout(timer)
    remember(stateOf(window))
  })
  return window
}

/** Connections live in main, so a page that crashed has lost nothing: reloaded, it sees them again. */
function offerReloadAfterCrash(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const pressed = dialog.showMessageBoxSync(window, {
      type: 'error',
      message: 'The Pubscope window stopped working.',
      detail: `Reason: ${reason}. Connections go on in the background; reload the window to see them again.`,
      buttons: ['Reload', 'Quit'],
    })
    if (pressed === 0) window.webContents.reload()
    else app.quit()
  })
}

function stateOf(window: BrowserWindow): WindowState {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() }
}

function placeOf({ x, y, width, height }: WindowState): { width: number; height: number; x?: number; y?: number } {
  if (x === null || y === null) return { width, height }
  const visible = screen.getAllDisplays().some(({ workArea }) => {
    const right = workArea.x + workArea.width
    const bottom = workArea.y + workArea.height
    return x < right && y < bottom && x + width > workArea.x && y + height > workArea.y
  })
  return visible ? { x, y, width, height } : { width, height }
}
