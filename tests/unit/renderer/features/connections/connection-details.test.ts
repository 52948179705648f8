// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { askedOf } from '@shared/connection/asked'
import { DEFAULT_CONNECT_OPTIONS } from '@shared/profile/connect-options'
import type { ProfileDraft } from '@shared/profile/profile'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { grantedRows, limitRows, offersOf, remarksOf, type DetailRow } from '../../../../../src-renderer/features/connections/connection-details'
import { NO_LIMITS, onlineWith } from '../../support/online-status'
import { translation } from '../../support/translation'

const t = translation()
const asked = (more: Partial<ProfileDraft> = {}) => askedOf({ ...defaultProfileDraft('me'), ...more })
const said = (rows: readonly DetailRow[]) => rows.map(({ name, left, right, differs }) => [name, left, right, differs])

describe('what was asked and what was granted', () => {
  it('is the same where the broker says nothing else', () => {
    expect(grantedRows({ asked: asked() }, onlineWith(NO_LIMITS), t).filter(({ differs }) => differs)).toEqual([])
  })

  it('differs where it does, and says so', () => {
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, sessionExpirySeconds: 0xffff_ffff }
    const wanted = asked({ clientId: '', cleanStart: false, connectOptions })
    const grants = { ...NO_LIMITS, clientId: 'auto-7', clientIdAssigned: true, sessionExpirySeconds: 3_600, keepaliveSeconds: 30 }
    expect(said(grantedRows({ asked: wanted }, onlineWith(grants), t))).toEqual([
      ['MQTT version', 'automatic', '5.0', false],
      ['Client ID', 'none', 'auto-7', true],
      ['Session', 'resume a session', 'the broker had none', true],
      ['Session expiry', 'never', '1 h', true],
      ['Keep alive', '1 min', '30 s', true],
    ])
  })

  it('is little with 3.1.1, but whether there was a session is said', () => {
    const status = onlineWith(null, { fellBack: true, sessionPresent: true })
    expect(said(grantedRows({ asked: asked({ clientId: '', cleanStart: false }) }, status, t))).toEqual([
      ['MQTT version', 'automatic', '3.1.1', true],
      ['Client ID', 'none', 'not told', false],
      ['Session', 'resume a session', 'the broker had a session', false],
      ['Keep alive', '1 min', '1 min', false],
    ])
    expect(said(limitRows(asked(), null, t))).toEqual([['Largest packet', '64 MiB', 'not told', false]])
  })

  it('sets the limits of both sides beside each other', () => {
    const grants = { ...NO_LIMITS, receiveMaximum: 20, maximumPacketBytes: 20_000, topicAliasMaximum: 10 }
    expect(limitRows(asked(), grants, t).map(({ left, right }) => [left, right])).toEqual([
      ['64 MiB', '20,000 B'],
      ['65,535', '20'],
      ['0', '10'],
    ])
  })

  it('marks what the broker does not offer', () => {
    const grants = { ...NO_LIMITS, maximumQos: 1 as const, retainAvailable: false, sharedSubscriptionsAvailable: false }
    expect(offersOf(grants, t).map(({ limited }) => limited)).toEqual([true, true, false, true, false])
  })

  it('passes on what the broker says, and that it kept what was asked for to itself', () => {
    const userProperties = [{ name: 'a', value: '<b>' }]
    const grants = { ...NO_LIMITS, reasonString: 'hello', userProperties }
    const connectOptions = { ...DEFAULT_CONNECT_OPTIONS, requestResponseInformation: true }
    expect(remarksOf(grants, asked({ connectOptions }), t).map(({ value }) => value)).toEqual(['asked for, none given', 'hello', '<b>'])
    expect(remarksOf(NO_LIMITS, asked(), t)).toEqual([])
  })
})
