import { computed, nextTick, ref, shallowRef, type Ref } from 'vue'
import { SEARCH_OPERATORS, type SearchOperator } from '@shared/search/search-operators'
import { completions, insertOperator } from './search-completion'

/**
 * The list below the search box: all that can be searched for when asked for, or what completes the word being typed.
 * The input keeps the focus, the list has an active entry.
 */
export function useSearchTerms(text: Ref<string>, input: Readonly<Ref<HTMLInputElement | null>>) {
  const isHelpOpen = ref(false)
  const completing = shallowRef<readonly SearchOperator[]>([])
  /** None in the beginning, so that Enter and the arrows do what they always do. */
  const active = shallowRef<SearchOperator | null>(null)
  const terms = computed(() => (isHelpOpen.value ? SEARCH_OPERATORS : completing.value))
  const isOpen = computed(() => terms.value.length > 0)

  function close(): void {
    isHelpOpen.value = false
    completing.value = []
    active.value = null
  }

  function toggleHelp(): void {
    const opening = !isHelpOpen.value
    close()
    isHelpOpen.value = opening
    if (opening) input.value?.focus()
  }

  /** The user typed: the word under the caret is a new one. */
  function onInput(): void {
    const box = input.value
    completing.value = box === null ? [] : completions(box.value, box.selectionStart ?? 0)
    active.value = null
  }

  function move(by: 1 | -1): void {
    const list = terms.value
    const from = active.value === null ? (by === 1 ? -1 : 0) : list.indexOf(active.value)
    active.value = list.at((from + by + list.length) % list.length) ?? null
  }

  async function insert(operator: SearchOperator): Promise<void> {
    const box = input.value
    if (box === null) return
    const edit = insertOperator(
      { text: box.value, selectionStart: box.selectionStart ?? box.value.length, selectionEnd: box.selectionEnd ?? box.value.length },
      operator,
    )
    close()
    text.value = edit.text
    await nextTick()
    box.focus()
    box.setSelectionRange(edit.selectionStart, edit.selectionEnd)
  }

  /** Takes the keys that are for the list; false when a key is not. */
  function onKey(event: KeyboardEvent): boolean {
    if (event.key === 'ArrowDown' && event.altKey && !isOpen.value) toggleHelp()
    else if (!isOpen.value) return false
    else if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && active.value !== null) void insert(active.value)
    else if (event.key === 'Tab' && !event.shiftKey && !isHelpOpen.value) void insert(active.value ?? completing.value[0] ?? SEARCH_OPERATORS[0])
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return { terms, active, isOpen, isHelpOpen, close, toggleHelp, onInput, onKey, insert }
}
