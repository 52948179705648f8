import type { Ref } from 'vue'
import type { DecisionTable } from '@shared/acl/decision-table'
import { agreementOf, MAX_PROBE_QUESTIONS, type Agreement, type ProbeAnswer } from '@shared/acl/probe'
import type { Question } from '@shared/acl/question'
import type { CellPlace } from './cell-place'
import { useProbeStore } from './probe-store'

/** The broker's answer to a question of a cell. */
export interface CellAnswer {
  readonly access: 'read' | 'write'
  readonly agreement: Agreement
  readonly answer: ProbeAnswer
}

const ACCESSES = ['read', 'write'] as const

/** What the broker of a connection says about the cells of the matrix, and asking it. `topic` and `client` are places in the table. */
export function useCellAnswers(connectionId: Readonly<Ref<string | null>>, table: Readonly<Ref<DecisionTable>>) {
  const probes = useProbeStore()

  function questionsOf(topicPlace: number, client: number): readonly (Question & { access: 'read' | 'write' })[] {
    const who = table.value.clients[client]
    const topic = table.value.topics[topicPlace]
    return who === undefined || topic === undefined ? [] : ACCESSES.map((access) => ({ ...who, access, topic }))
  }

  function answersAt(topic: number, client: number): readonly CellAnswer[] {
    if (!probes.hasAnswers) return []
    return questionsOf(topic, client).flatMap((question) => {
      const answer = probes.answerOf(connectionId.value, question)
      return answer === null ? [] : [{ access: question.access, answer, agreement: agreementOf(table.value.policy.decide(question), answer) }]
    })
  }

  return {
    answersAt,
    disagrees: (topic: number, client: number): boolean => answersAt(topic, client).some(({ agreement }) => agreement === 'disagrees'),
    /** Shows the plan for asking about the cells between two corners; `rows` are places of topics. */
    ask(rows: readonly number[], from: CellPlace, to: CellPlace): void {
      if (countOfQuestions(from, to) > MAX_PROBE_QUESTIONS) return
      const columns = Array.from({ length: Math.abs(to.column - from.column) + 1 }, (_, n) => Math.min(from.column, to.column) + n)
      const chosen = rows.slice(Math.min(from.row, to.row), Math.max(from.row, to.row) + 1)
      probes.ask(chosen.flatMap((topic) => columns.flatMap((client) => questionsOf(topic, client))))
    },
  }
}

/** How many questions the cells between two corners are. */
export function countOfQuestions(from: CellPlace, to: CellPlace): number {
  return (Math.abs(to.row - from.row) + 1) * (Math.abs(to.column - from.column) + 1) * ACCESSES.length
}
