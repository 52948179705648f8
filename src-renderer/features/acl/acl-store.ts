import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { readPolicy } from '@shared/acl/policy-document'
import type { BrokerVersion, Question } from '@shared/acl/question'

/** What the tests at the bottom of the page are. */
export type AclTab = 'matrix' | 'expectations' | 'reach'

/** The file that is tested, and what is asked of it; it outlives a look at another page. */
export const useAclStore = defineStore('acl', () => {
  const text = ref('')
  /** Whether there is a file, be it an empty one. */
  const started = ref(false)
  const version = ref<BrokerVersion>('2.0')
  const question = shallowRef<Question>({ username: null, clientId: '', access: 'write', topic: '' })
  const tab = ref<AclTab>('matrix')
  /** The line the editor is to go to; anew with each wish. */
  const wantedLine = shallowRef<{ readonly line: number } | null>(null)
  /** The text, read and compiled. */
  const document = computed(() => readPolicy(text.value, version.value))
  const explanation = computed(() => document.value.policy.explain(question.value))
  const lines = computed(() => text.value.split('\n'))

  /** Begins with a text. */
  function start(withText: string): void {
    text.value = withText
    started.value = true
  }

  function ask(part: Partial<Question>): void {
    question.value = { ...question.value, ...part }
  }

  /** Has the editor show a line, counted from 1. */
  function showLine(line: number): void {
    wantedLine.value = { line }
  }

  /** What stands in a line, counted from 1. */
  function lineText(line: number): string {
    return (lines.value[line - 1] ?? '').trim()
  }

  return { text, started, version, question, tab, wantedLine, document, explanation, start, ask, showLine, lineText }
})
