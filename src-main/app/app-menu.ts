import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The application menu, in the words of the system. On Linux and Windows it is hidden and only holds the keys of zoom,
 * full screen and quitting: all else is in the page, which also owns Ctrl+W (closes a tab, not the window).
 */
export function installAppMenu(platform: NodeJS.Platform): void {
  const view: MenuItemConstructorOptions = {
    role: 'viewMenu',
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
  }
  const first: MenuItemConstructorOptions[] =
    platform === 'darwin' ? [{ role: 'appMenu' }] : [{ role: 'fileMenu', submenu: [{ role: 'quit' }] }]
  Menu.setApplicationMenu(Menu.buildFromTemplate([...first, { role: 'editMenu' }, view]))
}
