/** The key that goes with letters for commands, as it is named on this computer's keyboard. */
export const MODIFIER_KEY = /Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
