import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { Preview, PreviewProfile } from '@shared/transfer/preview'
import { useImportChoices } from '../../../../../src-renderer/features/transfer/import-choices'

const profileOf = (index: number, more: Partial<PreviewProfile> = {}): PreviewProfile => ({
  index,
  name: `n${index}`,
  address: 'mqtt://h:1883',
  group: '',
  username: '',
  mqttVersion: 'automatic',
  brings: [],
  certificates: [],
  hasWill: false,
  hasProxy: false,
  subscriptionCount: 0,
  clashes: false,
  remarks: [],
  ...more,
})

const choicesFor = (...profiles: PreviewProfile[]) =>
  useImportChoices(ref<Preview>({ importId: '5b3f4b1e-6f1c-4b5e-9a53-0d8f8a4f0c11', source: 'mqttx', fileName: null, profiles, unusable: [] }))

describe('the choices of an import', () => {
  it('begin with everything, and nothing replaced', () => {
    expect(choicesFor(profileOf(0), profileOf(1, { clashes: true })).chosen.value).toEqual([
      { index: 0, onClash: 'keep-both' },
      { index: 1, onClash: 'keep-both' },
    ])
  })

  it('leave out what is skipped', () => {
    const choices = choicesFor(profileOf(0), profileOf(1))
    choices.choose(0, 'skip')
    expect(choices.chosen.value).toEqual([{ index: 1, onClash: 'keep-both' }])
  })

  it('can be made for all at once, without forgetting what was said of a clash', () => {
    const choices = choicesFor(profileOf(0), profileOf(1, { clashes: true }))
    choices.choose(1, 'replace')
    choices.chooseAll(true)
    expect(choices.of(1)).toBe('replace')
    choices.chooseAll(false)
    expect(choices.chosen.value).toEqual([])
  })

  it('can be made for all clashes at once, which leaves the others', () => {
    const choices = choicesFor(profileOf(0), profileOf(1, { clashes: true }), profileOf(2, { clashes: true }))
    choices.chooseClashes('replace')
    expect([0, 1, 2].map(choices.of)).toEqual(['keep-both', 'replace', 'replace'])
  })

  it('say whether a secret comes along', () => {
    const choices = choicesFor(profileOf(0, { brings: ['passphrase'] }), profileOf(1))
    expect(choices.bringsSecrets.value).toBe(true)
    choices.choose(0, 'skip')
    expect(choices.bringsSecrets.value).toBe(false)
  })
})
