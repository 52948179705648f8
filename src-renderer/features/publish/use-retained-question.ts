import { shallowRef, type Ref } from 'vue'

/** Something about a retained message that is only done once the user has said so. */
export interface RetainedQuestion {
  readonly kind: 'clear' | 'resend'
  readonly topic: string
  readonly act: () => Promise<void>
}

export interface RetainedQuestionUse {
  readonly question: Readonly<Ref<RetainedQuestion>>
  readonly isOpen: Ref<boolean>
  ask(question: RetainedQuestion): void
}

/** Asks one question at a time; what it was about stays while its dialog goes. */
export function useRetainedQuestion(): RetainedQuestionUse {
  const question = shallowRef<RetainedQuestion>({ kind: 'clear', topic: '', act: () => Promise.resolve() })
  const isOpen = shallowRef(false)
  return {
    question,
    isOpen,
    ask(asked) {
      question.value = asked
      isOpen.value = true
    },
  }
}
