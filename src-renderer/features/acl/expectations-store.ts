import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { MAX_EXPECTATIONS, questionOf, type Expectation } from '@shared/acl/expectations/expectation'
import { generateExpectations } from '@shared/acl/expectations/generate-expectations'
import { runExpectation } from '@shared/acl/expectations/run-expectations'
import { questionKey } from '@shared/acl/probe'
import { decidingLine } from '@shared/acl/question'
import { useAclStore } from './acl-store'
import { inSlices } from './slices'

/** What a change waits for others before all cases are run. */
const RUN_AFTER_MS = 60
/** Most cases that are written down at a time. */
export const MAX_GENERATED = 5_000

/** What is expected of the file, and whether it does that; run at each change of either. */
export const useExpectationsStore = defineStore('acl-expectations', () => {
  const acl = useAclStore()
  const cases = shallowRef<readonly Expectation[]>([])
  /** The case that is edited or looked at, by its place. */
  const active = ref(0)
  const onlyFailed = ref(false)
  /** What the last run came to; of cases that are gone since it says nothing. */
  const failing = shallowRef<ReadonlySet<Expectation>>(new Set())
  /** Null: the present cases have not been run. */
  const counts = shallowRef<{ readonly passed: number; readonly failed: number } | null>(null)

  const shown = computed<readonly number[]>(() => {
    const places = cases.value.map((_, place) => place)
    if (!onlyFailed.value) return places
    // A case that passes by an edit stays until it is left.
    return places.filter((place) => place === active.value || failing.value.has(cases.value[place] as Expectation))
  })

  let generation = 0
  async function run(): Promise<void> {
    const mine = (generation += 1)
    const { policy } = acl.document
    const all = cases.value
    const failed = new Set<Expectation>()
    const tryOne = (place: number): void => {
      const expectation = all[place]
      if (expectation !== undefined && runExpectation(policy, expectation).kind !== 'passed') failed.add(expectation)
    }
    const isWhole = await inSlices(all.length, tryOne, () => mine === generation, () => undefined)
    if (!isWhole || mine !== generation) return
    failing.value = failed
    counts.value = { passed: all.length - failed.size, failed: failed.size }
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  watch([cases, () => (cases.value.length === 0 ? null : acl.document.policy)], () => {
    generation += 1
    clearTimeout(timer)
    if (cases.value.length === 0) {
      failing.value = new Set()
      counts.value = null
    } else timer = setTimeout(() => void run(), RUN_AFTER_MS)
  })

  /** Begins with other cases. */
  function show(others: readonly Expectation[]): void {
    cases.value = others
    active.value = 0
    onlyFailed.value = false
  }

  function change(place: number, part: Partial<Expectation>): void {
    cases.value = cases.value.map((expectation, at) => (at === place ? { ...expectation, ...part } : expectation))
  }

  function remove(place: number): void {
    cases.value = cases.value.filter((_, at) => at !== place)
    active.value = Math.max(0, Math.min(active.value, cases.value.length - 1))
  }

  const canAdd = computed(() => cases.value.length < MAX_EXPECTATIONS)

  /** Adds the present question as a case that expects the present answer. */
  function addQuestion(): void {
    if (!canAdd.value) return
    const { username, clientId, access, topic } = acl.question
    const { allowed } = acl.document.policy.decide(acl.question)
    cases.value = [...cases.value, { user: username, client: clientId, access, topic, expect: allowed ? 'allowed' : 'denied' }]
    active.value = cases.value.length - 1
  }

  /** Has a case expect what is decided at present, by the line that decides it where it names one. */
  function accept(place: number): void {
    const expectation = cases.value[place]
    if (expectation === undefined) return
    const { line: named, ...rest } = expectation
    const decision = acl.document.policy.decide(questionOf(expectation))
    const line = decidingLine(decision)
    const accepted: Expectation = { ...rest, expect: decision.allowed ? 'allowed' : 'denied', ...(named === undefined || line === null ? {} : { line }) }
    cases.value = cases.value.map((other, at) => (at === place ? accepted : other))
  }

  /** Adds what is decided at present, but for questions that there are cases of. `left`: those beyond the limit. */
  function generate(users: readonly (string | null)[], topics: readonly string[]): { added: number; left: number } {
    const most = Math.min(MAX_GENERATED, MAX_EXPECTATIONS - cases.value.length)
    const made = generateExpectations(acl.document.policy, users, topics, most)
    const known = new Set(cases.value.map((expectation) => questionKey(questionOf(expectation))))
    const added = made.cases.filter((expectation) => !known.has(questionKey(questionOf(expectation))))
    cases.value = [...cases.value, ...added]
    return { added: added.length, left: made.left }
  }

  return { cases, active, onlyFailed, counts, failing, shown, canAdd, show, change, remove, addQuestion, accept, generate }
})
