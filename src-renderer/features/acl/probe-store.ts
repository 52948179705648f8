import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import { MAX_PROBE_QUESTIONS, probeQuestionOf, questionKey, type ProbeAnswer, type ProbeOrder, type ProbeQuestion } from '@shared/acl/probe'
import type { Question } from '@shared/acl/question'
import { request } from '../../bridge/client'

/** What the broker is to be asked. */
export interface Asking {
  readonly questions: readonly ProbeQuestion[]
  /** How many of those wished for cannot be asked: about subscriptions, invalid topics, or too many. */
  readonly left: number
}

/** What brokers were asked, and what they answered; known while the app runs. */
export const useProbeStore = defineStore('acl-probe', () => {
  /** Null: the dialog is closed. */
  const asking = shallowRef<Asking | null>(null)
  const progress = ref<{ done: number; total: number } | null>(null)
  const answers = shallowReactive(new Map<string, ProbeAnswer>())

  const hasAnswers = computed(() => answers.size > 0)

  const keyAt = (connectionId: string, question: Question | ProbeQuestion): string => `${connectionId} ${questionKey(question)}`

  /** Shows the plan for asking the broker; each question once. */
  function ask(questions: readonly Question[]): void {
    const known = new Map<string, ProbeQuestion>()
    for (const question of questions) {
      const askable = probeQuestionOf(question)
      if (askable !== null) known.set(questionKey(askable), askable)
    }
    const all = [...known.values()]
    const asked = all.slice(0, MAX_PROBE_QUESTIONS)
    const unaskable = questions.filter((question) => probeQuestionOf(question) === null).length
    asking.value = { questions: asked, left: unaskable + all.length - asked.length }
  }

  /** Asks, and takes the answers in as they come. @throws {AppError} */
  async function start(connectionId: string, order: ProbeOrder): Promise<void> {
    for (const question of order.questions) answers.delete(keyAt(connectionId, question))
    progress.value = { done: 0, total: order.questions.length }
    try {
      const probeId = await request('acl-probe.start', { connectionId, order })
      for (let isLast = false; !isLast; ) {
        const piece = await request('acl-probe.read', { connectionId, probeId })
        for (const { index, answer } of piece.answers) {
          const question = order.questions[index]
          if (question !== undefined) answers.set(keyAt(connectionId, question), answer)
        }
        progress.value = { done: progress.value.done + piece.answers.length, total: order.questions.length }
        ;({ isLast } = piece)
      }
    } finally {
      progress.value = null
    }
  }

  /** What the broker of a connection answered last; null: it was not asked. */
  function answerOf(connectionId: string | null, question: Question | ProbeQuestion): ProbeAnswer | null {
    return connectionId === null ? null : (answers.get(keyAt(connectionId, question)) ?? null)
  }

  return { asking, progress, hasAnswers, ask, start, answerOf }
})
