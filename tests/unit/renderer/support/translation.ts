import { mount } from '@vue/test-utils'
import { useI18n, type ComposerTranslation } from 'vue-i18n'
import { i18n } from '../../../../src-renderer/i18n/i18n'

/** The page's translation, as its components have it. */
export function translation(): ComposerTranslation {
  const found: ComposerTranslation[] = []
  const setup = () => {
    found.push(useI18n({ useScope: 'global' }).t)
    return () => null
  }
  mount({ setup }, { global: { plugins: [i18n] } })
  const [t] = found
  if (t === undefined) throw new Error('not mounted')
  return t
}
