import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where MQTT Explorer keeps its connections, by its packages for each system; those that are there. */
export function knownSources(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): string[] {
  return foldersOf(platform, environment)
    .map((folder) => join(folder, 'settings.json'))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
}

function foldersOf(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): string[] {
  const home = homedir()
  switch (platform) {
    case 'win32':
      return [join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'MQTT-Explorer')]
    case 'darwin':
      return [
        join(home, 'Library', 'Application Support', 'MQTT-Explorer'),
        // From the App Store, in its sandbox.
        join(home, 'Library', 'Containers', 'thomasnordquist.mqtt-explorer', 'Data', 'Library', 'Application Support', 'MQTT-Explorer'),
      ]
    default:
      return [
        join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'MQTT-Explorer'),
        join(home, 'snap', 'mqtt-explorer', 'current', '.config', 'MQTT-Explorer'),
      ]
  }
}
