/** How a chain of certificates is told of. */
export const chainMessages = {
  title: 'Chain',
  from: { file: 'in this file', made: 'made here', public: 'public authority' },
  signedBy: 'signed by',
  itself: 'itself',
  missing: '{issuer}: not found',
  states: { good: 'holds', bad: 'does not hold', unproven: 'nobody vouches for it' },
  problems: {
    expired: 'It has expired.',
    'not-yet-valid': 'It is not valid yet.',
    'not-an-authority': 'It is no authority, so it may not sign others.',
    'path-too-long': 'It does not allow as many authorities below it as there are.',
    'bad-signature': 'Its signature does not fit the key of the one it names as its issuer.',
    'unchecked-signature': 'Its signature uses a method that cannot be checked here.',
  },
  verdicts: {
    made: { title: 'The chain holds', text: 'It leads to {name}, made here. Brokers and clients that trust that authority accept it.' },
    root: { title: 'An authority made here', text: 'Choose its certificate as the authority in profiles, and in the broker for its clients.' },
    public: { title: 'The chain holds', text: 'It leads to {name}, a public authority that is trusted without a file.' },
    'self-signed': {
      title: 'It vouches for itself',
      text: '{name} signed itself, and is neither a public authority nor made here. It is trusted only where it is chosen as an authority.',
    },
    'unknown-issuer': {
      title: 'Unknown issuer',
      text: 'The certificate of {issuer} is neither in this file, nor made here, nor a public authority. Open a file that holds the whole chain.',
    },
    'too-long': { title: 'The chain does not end', text: 'It was followed for ten certificates and no further.' },
    broken: { title: 'The chain does not hold', text: '{name}: {problem}' },
  },
}
