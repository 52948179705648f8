/**
 * Stands in for `electron` in unit and broker tests, which run in plain Node.
 * It does nothing: code that needs Electron is told so, and its test says what Electron does with `vi.mock('electron', …)`.
 */
function absent(name: string): never {
  throw new Error(`electron.${name} does not exist in this test: mock it with vi.mock('electron', …)`)
}

function stub(name: string): never {
  const handler: ProxyHandler<() => void> = {
    get: (_target, key) => (typeof key === 'symbol' || key === 'then' ? undefined : absent(`${name}.${key}`)),
    apply: () => absent(name),
    construct: () => absent(name),
  }
  return new Proxy(() => undefined, handler) as never
}

export const app = stub('app')
export const BrowserWindow = stub('BrowserWindow')
export const clipboard = stub('clipboard')
export const contextBridge = stub('contextBridge')
export const dialog = stub('dialog')
export const ipcMain = stub('ipcMain')
export const ipcRenderer = stub('ipcRenderer')
export const Menu = stub('Menu')
export const MessageChannelMain = stub('MessageChannelMain')
export const nativeTheme = stub('nativeTheme')
export const net = stub('net')
export const powerMonitor = stub('powerMonitor')
export const protocol = stub('protocol')
export const safeStorage = stub('safeStorage')
export const screen = stub('screen')
export const session = stub('session')
export const shell = stub('shell')
export const utilityProcess = stub('utilityProcess')
export const webContents = stub('webContents')

// CommonJS-minded packages (electron-store) take the whole module and ask whether `app` is there.
export default {}
