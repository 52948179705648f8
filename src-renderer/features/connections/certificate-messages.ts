/** How the certificates that a server showed are told of. */
export const certificateMessages = {
  title: 'The certificates the server showed',
  own: 'server',
  authority: 'authority',
  issuer: 'Issued by',
  names: 'For',
  moreNames: 'and {n} more',
  validity: 'Valid',
  period: '{from} to {to}',
  fingerprint: 'SHA-256',
  copyFingerprint: 'Copy the fingerprint of {subject}',
  trust: 'Trust for this connection…',
  trustTitle: 'Trust {subject}?',
  trustText:
    'Compare the SHA-256 fingerprint with the one that whoever runs the broker tells you, by another way than this connection. From then on {name} accepts only certificates that this one, or the authorities chosen before, vouch for.',
  trustConfirm: 'Trust and connect',
  trustCancel: 'Cancel',
  unnamed: 'no name',
}
