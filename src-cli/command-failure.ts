/** Why a command could not be carried out, in words for who typed it. */
export class CommandFailure extends Error {}
