export const messages = {
  welcome: {
    title: 'Pubscope',
    tagline: 'See what your broker says.',
    newConnection: 'New connection',
    newConnectionText: 'Connect to a broker and save how.',
    demo: 'Explore the demo broker',
    demoText: 'A small simulated fleet on this computer. Nothing to install.',
    import: 'Import profiles',
    importText: 'From MQTT Explorer, MQTTX, Mosquitto commands or another Pubscope.',
    profiles: 'Saved profiles',
    connect: 'Connect',
    manage: 'Manage',
    allProfiles: 'Show {n} more',
    hintPalette: 'Run any command',
    hintNew: 'New connection',
    hintCommandLine: 'From a terminal',
  },
}
