import type { Subscription } from '@shared/profile/subscription'
import type { ComposerTranslation } from 'vue-i18n'

/** The options of a subscription that say something, in words: `no local · retained: never · identifier 7`. */
export function optionWords({ options }: Pick<Subscription, 'options'>, t: ComposerTranslation): string {
  if (options === undefined) return ''
  const { noLocal, retainAsPublished, retainHandling, identifier } = options
  return [
    ...(noLocal ? [t('mqtt.subscription.short.noLocal')] : []),
    ...(retainAsPublished ? [t('mqtt.subscription.short.retainAsPublished')] : []),
    ...(retainHandling === 0 ? [] : [t(`mqtt.subscription.short.retainHandling.${retainHandling}`)]),
    ...(identifier === null ? [] : [t('mqtt.subscription.short.identifier', { identifier })]),
  ].join(' · ')
}
