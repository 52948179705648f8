import { computed, useAttrs, type ComputedRef } from 'vue'

type Attributes = Record<string, unknown>

/** What was put on a field from outside, parted: looks go to the field as a whole, all else to its control. */
export function useFieldAttrs(): { frame: ComputedRef<Attributes>; control: ComputedRef<Attributes> } {
  const attributes = useAttrs()
  const isLook = (name: string) => name === 'class' || name === 'style'
  const part = (wanted: boolean) =>
    computed(() => Object.fromEntries(Object.entries(attributes).filter(([name]) => isLook(name) === wanted)))
  return { frame: part(true), control: part(false) }
}
