import { describe, expect, it } from 'vitest'
import { grantsSchema } from '@shared/connection/grants'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import { grantsOf } from '../../../../../src-main/engine/connection/grants'
import { connectionConfig } from '../../../../support/engine-driver'

const asked = connectionConfig(1, {
  clientId: 'me',
  keepaliveSeconds: 17,
  connectOptions: { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 99, receiveMaximum: 3 },
})

describe('what a CONNACK grants', () => {
  it('is what was asked and what the specification says where it says nothing [3.2.2.3]', () => {
    const grants = grantsOf(undefined, asked)
    expect(grants).toEqual({
      clientId: 'me',
      clientIdAssigned: false,
      sessionExpirySeconds: 99,
      keepaliveSeconds: 17,
      receiveMaximum: 65_535,
      maximumQos: 2,
      retainAvailable: true,
      maximumPacketBytes: null,
      topicAliasMaximum: 0,
      wildcardsAvailable: true,
      subscriptionIdentifiersAvailable: true,
      sharedSubscriptionsAvailable: true,
      responseInformation: null,
      serverReference: null,
      reasonString: null,
      userProperties: [],
    })
    expect(grantsSchema.parse(grants)).toEqual(grants)
  })

  it('renames nobody who has a name', () => {
    expect(grantsOf({ assignedClientIdentifier: 'someone-else' }, asked)).toMatchObject({ clientId: 'me', clientIdAssigned: false })
  })

  it('repeats no text at any length: each change of a connection takes it to the page', () => {
    const long = 'x'.repeat(65_535)
    const userProperties = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}${long}`.slice(0, 65_535), long]))
    const grants = grantsOf({ responseInformation: long, serverReference: long, reasonString: `${'x'.repeat(999)}💥${long}`, userProperties }, asked)
    expect(JSON.stringify(grants).length).toBeLessThan(210_000)
    expect(grants.reasonString).toBe(`${'x'.repeat(999)}…`)
    expect(grants.userProperties).toHaveLength(100)
  })

  it('is what it says, zeros and noes included', () => {
    const grants = grantsOf(
      {
        assignedClientIdentifier: 'auto-1',
        sessionExpiryInterval: 0,
        serverKeepAlive: 0,
        receiveMaximum: 1,
        maximumQoS: 0,
        retainAvailable: false,
        maximumPacketSize: 100,
        topicAliasMaximum: 5,
        wildcardSubscriptionAvailable: false,
        subscriptionIdentifiersAvailable: false,
        sharedSubscriptionAvailable: false,
        responseInformation: 'answers/',
        serverReference: 'other.example',
        reasonString: 'because',
        userProperties: { a: ['1', '2'], b: '' },
      },
      { ...asked, clientId: '' },
    )
    expect(grants).toMatchObject({
      clientId: 'auto-1',
      clientIdAssigned: true,
      sessionExpirySeconds: 0,
      keepaliveSeconds: 0,
      receiveMaximum: 1,
      maximumQos: 0,
      retainAvailable: false,
      maximumPacketBytes: 100,
      topicAliasMaximum: 5,
      wildcardsAvailable: false,
      subscriptionIdentifiersAvailable: false,
      sharedSubscriptionsAvailable: false,
    })
    expect(grants.userProperties).toEqual([
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
      { name: 'b', value: '' },
    ])
  })

  it('holds only so many user properties as can be shown', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`name ${index}`, 'x']))
    expect(grantsOf({ userProperties: many }, asked).userProperties).toHaveLength(100)
  })
})
