import type { ImportChoice, Preview } from '@shared/transfer/preview'
import { computed, ref, type ComputedRef, type Ref } from 'vue'

/** What to do with a profile of the preview. */
export type Choice = ImportChoice['onClash'] | 'skip'

export interface ImportChoices {
  readonly of: (index: number) => Choice
  readonly choose: (index: number, choice: Choice) => void
  /** Checks or unchecks all; what was chosen for clashes stays where it is checked. */
  readonly chooseAll: (checked: boolean) => void
  /** The same answer for every name that is taken. */
  readonly chooseClashes: (choice: Choice) => void
  /** Those that come in. */
  readonly chosen: ComputedRef<ImportChoice[]>
  readonly bringsSecrets: ComputedRef<boolean>
}

/** The choices of one preview: all come in, and nothing is replaced, until the user says otherwise. */
export function useImportChoices(preview: Readonly<Ref<Preview>>): ImportChoices {
  const choices: Ref<ReadonlyMap<number, Choice>> = ref(new Map())
  const of = (index: number): Choice => choices.value.get(index) ?? 'keep-both'

  function set(changes: readonly (readonly [number, Choice])[]): void {
    choices.value = new Map([...choices.value, ...changes])
  }

  function chooseAll(checked: boolean): void {
    const all = preview.value.profiles.map(({ index }) => index)
    if (!checked) set(all.map((index) => [index, 'skip'] as const))
    else set(all.filter((index) => of(index) === 'skip').map((index) => [index, 'keep-both'] as const))
  }

  const chosen = computed(() =>
    preview.value.profiles.flatMap(({ index }): ImportChoice[] => {
      const onClash = of(index)
      return onClash === 'skip' ? [] : [{ index, onClash }]
    }),
  )

  return {
    of,
    choose: (index, choice) => set([[index, choice]]),
    chooseAll,
    chooseClashes: (choice) =>
      set(preview.value.profiles.filter(({ clashes }) => clashes).map(({ index }) => [index, choice] as const)),
    chosen,
    bringsSecrets: computed(() =>
      preview.value.profiles.some(
        ({ index, brings }) => brings.length > 0 && of(index) !== 'skip',
      ),
    ),
  }
}
