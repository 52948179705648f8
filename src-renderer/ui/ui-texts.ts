import { inject, provide, type InjectionKey } from 'vue'

/** The few words that widgets say by themselves. This folder knows no catalogue: the app provides them. */
export interface UiTexts {
  readonly close: string
  readonly notifications: string
}

const key: InjectionKey<UiTexts> = Symbol('ui texts')

/** Gives all widgets below their own words. */
export function provideUiTexts(texts: UiTexts): void {
  provide(key, texts)
}

/** The words the app provided, or English ones where it did not (a widget alone in a test). */
export function useUiTexts(): UiTexts {
  return inject(key, { close: 'Close', notifications: 'Notifications' })
}
