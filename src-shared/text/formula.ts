/**
 * The beginning of a text that a spreadsheet would take for a formula: not to be left to the user to notice. Spaces and line ends
 * count, as they may be skipped before it, and so do the full-width signs. Papa Parse's own misses texts of several lines.
 */
export const FORMULA = /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
