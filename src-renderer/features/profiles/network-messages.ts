/** The texts of the section Network of a profile. */
export const networkMessages = {
  proxy: 'Proxy',
  none: 'None',
  system: 'System',
  hint: {
    none: 'Connects to the broker directly.',
    system:
      'Uses the proxy this system names for the broker, directly where it names none. A proxy that wants a user name cannot be used this way: choose its kind here.',
    socks5: 'The proxy also looks up the broker’s host name.',
    http: 'The proxy has to allow CONNECT to the broker’s port, and looks up its host name.',
  },
  host: 'Proxy host',
  hostPlaceholder: 'e.g. proxy.example.com',
  port: 'Proxy port',
  username: 'Proxy user name',
  usernamePlaceholder: 'none: the proxy asks for none',
  password: 'Proxy password',
  passwordHint: 'Goes to the proxy unencrypted.',
  headers: 'WebSocket headers',
  headersHint: 'Sent when the WebSocket opens, e.g. Authorization. Values are kept as passwords are.',
  headerName: 'Name of header {number}',
  headerNamePlaceholder: 'Name',
  headerValue: 'Value of header {number}',
  headerValuePlaceholder: 'Value',
  addHeader: 'Add header',
  removeHeader: 'Remove header {number}',
}
