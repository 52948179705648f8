/**
 * A name may stand for several addresses (localhost: ::1 and 127.0.0.1) of which only one has a server;
 * Node before 20 tries the first one only, unless told.
 */
export const MANY_ADDRESSES = { autoSelectFamily: true }
