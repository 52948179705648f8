import type { ProfileDraft } from './profile'
import type { Subscription } from './subscription'
import type { Tls } from './tls'

/** What a broker will not do, or does in its own way, as its operator says; the page has a sentence for each. */
export type PresetLimit =
  | 'public'
  | 'no-everything' // refuses the filter `#`
  | 'no-retain'
  | 'qos-1' // at most
  | 'client-certificate'
  | 'client-id-thing' // decided by policy
  | 'client-id-device' // decided by the device
  | 'fixed-topics'
  | 'topic-levels-8'
  | 'payload-128-kb'
  | 'payload-256-kb'
  | 'keepalive-30'
  | 'version-311'
  | 'tls-only'
  | 'local-only' // answers this machine alone until told otherwise
  | 'short-retention'

export interface Preset {
  readonly id: PresetId
  /** What it sets in a profile; the rest stays. */
  readonly fill: Partial<Omit<ProfileDraft, 'tls' | 'subscriptions'>> & {
    readonly tls?: Partial<Tls>
    readonly subscriptions?: readonly Subscription[]
  }
  /** Hosts that are known to be one of these. */
  readonly hosts: RegExp | null
  readonly limits: readonly PresetLimit[]
}

export const PRESET_IDS = [
  'mosquitto',
  'emqx',
  'hivemq-cloud',
  'aws-iot',
  'azure-iot',
  'test-mosquitto',
  'public-emqx',
  'public-hivemq',
] as const
export type PresetId = (typeof PRESET_IDS)[number]

const ALL: readonly Subscription[] = [
  { filter: '#', qos: 0 },
  { filter: '$SYS/#', qos: 0 },
]
/** A corner of a public broker where something is usually going on. */
const SOME: readonly Subscription[] = [{ filter: 'test/#', qos: 0 }]

/**
 * Brokers that users connect to, with what their operators document: AWS IoT Core "Device communication protocols" and
 * its quotas, "Communicate with an IoT hub using the MQTT protocol" of Azure, the pages of the public test brokers.
 */
export const PRESETS: readonly Preset[] = [
  {
    id: 'mosquitto',
    fill: { protocol: 'mqtt', host: 'localhost', port: 1883, mqttVersion: 'automatic', subscriptions: ALL },
    hosts: null,
    limits: ['local-only'],
  },
  {
    id: 'emqx',
    fill: { protocol: 'mqtt', host: 'localhost', port: 1883, mqttVersion: 'automatic', path: '/mqtt', subscriptions: ALL },
    hosts: null,
    limits: ['no-everything'],
  },
  {
    id: 'hivemq-cloud',
    fill: { protocol: 'mqtts', host: '', port: 8883, mqttVersion: 'automatic', path: '/mqtt', subscriptions: [{ filter: '#', qos: 0 }] },
    hosts: /\.hivemq\.cloud$/,
    limits: ['tls-only'],
  },
  {
    id: 'aws-iot',
    fill: {
      protocol: 'mqtts',
      host: '',
      port: 443,
      mqttVersion: 'automatic',
      keepaliveSeconds: 60,
      tls: { alpnProtocols: ['x-amzn-mqtt-ca'] },
      subscriptions: [{ filter: '#', qos: 0 }],
    },
    hosts: /\.iot\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
    limits: ['client-certificate', 'client-id-thing', 'qos-1', 'topic-levels-8', 'payload-128-kb', 'keepalive-30'],
  },
  {
    id: 'azure-iot',
    fill: {
      protocol: 'mqtts',
      host: '',
      port: 8883,
      mqttVersion: '3.1.1',
      credentials: 'azure-connection-string',
      subscriptions: [
        { filter: '$iothub/methods/POST/#', qos: 0 },
        { filter: '$iothub/twin/res/#', qos: 0 },
        { filter: '$iothub/twin/PATCH/properties/desired/#', qos: 0 },
      ],
    },
    hosts: /\.azure-devices\.(?:net|cn|us)$/,
    limits: ['client-id-device', 'version-311', 'fixed-topics', 'no-everything', 'no-retain', 'qos-1', 'payload-256-kb'],
  },
  {
    id: 'test-mosquitto',
    fill: { protocol: 'mqtts', host: 'test.mosquitto.org', port: 8886, mqttVersion: 'automatic', subscriptions: SOME },
    hosts: /^test\.mosquitto\.org$/,
    limits: ['public', 'short-retention'],
  },
  {
    id: 'public-emqx',
    fill: { protocol: 'mqtts', host: 'broker.emqx.io', port: 8883, mqttVersion: 'automatic', path: '/mqtt', subscriptions: SOME },
    hosts: /^broker\.emqx\.io$/,
    limits: ['public', 'no-everything'],
  },
  {
    id: 'public-hivemq',
    fill: { protocol: 'mqtts', host: 'broker.hivemq.com', port: 8883, mqttVersion: 'automatic', path: '/mqtt', subscriptions: SOME },
    hosts: /^broker\.hivemq\.com$/,
    limits: ['public', 'no-everything'],
  },
]

/** The preset with this id. */
export function presetOf(id: PresetId): Preset | null {
  return PRESETS.find((preset) => preset.id === id) ?? null
}

/** The preset whose operator runs this host, or null. */
export function presetOfHost(host: string): Preset | null {
  const name = host.trim().toLowerCase()
  return PRESETS.find(({ hosts }) => hosts?.test(name) === true) ?? null
}
