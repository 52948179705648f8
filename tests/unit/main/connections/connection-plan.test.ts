import { describe, expect, it } from 'vitest'
import { connectionConfigOf } from '../../../../src-main/connections/connection-plan'
import { draftOf } from '../support/profile-store-bench'

describe('connectionConfigOf', () => {
  it('is everything of the profile but its name and place in the list, and the password', () => {
    const { name, group, ...rest } = draftOf('x', { username: 'ada', maxConnectAttempts: 3 })
    expect(connectionConfigOf({ name, group, ...rest }, 'secret', null)).toEqual({ ...rest, password: 'secret', tls: null })
  })
})
