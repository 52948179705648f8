import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { readPolicy } from '@shared/acl/policy-document'
import type { BrokerVersion, Question } from '@shared/acl/question'

/** The file that is tested, and what is asked of it; it outlives a look at another page. */
export const useAclStore = defineStore('acl', () => {
  const text = ref('')
  const version = ref<BrokerVersion>('2.0')
  const question = shallowRef<Question>({ username: null, clientId: '', access: 'write', topic: '' })
  /** The text, read and compiled. */
  const document = computed(() => readPolicy(text.value, version.value))
  const explanation = computed(() => document.value.policy.explain(question.value))

  function ask(part: Partial<Question>): void {
    question.value = { ...question.value, ...part }
  }

  return { text, version, question, document, explanation, ask }
})
