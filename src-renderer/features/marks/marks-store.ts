import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { AppError } from '@shared/ipc/app-error'
import { NO_MARKS, type Marks } from '@shared/marks/marks'
import { MAX_HIDDEN_FILTERS, MAX_WATCHED_TOPICS } from '@shared/views/view-spec'
import { request } from '../../bridge/client'

/** Favourites and hidden topics of the open tabs. Main keeps them; the page has a copy. */
export const useMarksStore = defineStore('marks', () => {
  const known = shallowReactive(new Map<string, Marks>())

  /** The marks of a tab; none until they are loaded. */
  const marksOf = (connectionId: string): Marks => known.get(connectionId) ?? NO_MARKS

  /** Asks main for the marks of a tab, once. @throws {AppError} */
  async function load(connectionId: string): Promise<Marks> {
    const before = known.get(connectionId)
    if (before !== undefined) return before
    const marks = await request('marks.read', { connectionId })
    // Another call may have been quicker, and its marks changed since.
    const now = known.get(connectionId) ?? marks
    known.set(connectionId, now)
    return now
  }

  /** Changes the marks at once, and takes that back when main cannot keep them. @throws {AppError} */
  async function change(connectionId: string, edit: (marks: Marks) => Marks): Promise<void> {
    const before = await load(connectionId)
    const marks = edit(before)
    if (marks.favourites.length > MAX_WATCHED_TOPICS || marks.hidden.length > MAX_HIDDEN_FILTERS) {
      throw new AppError('too-many', 'Too many favourites or hidden topics')
    }
    known.set(connectionId, marks)
    try {
      await request('marks.update', { connectionId, marks })
    } catch (error) {
      if (known.get(connectionId) === marks) known.set(connectionId, before)
      throw error
    }
  }

  /** Makes a topic a favourite, or no longer one. @throws {AppError} */
  function toggleFavourite(connectionId: string, topic: string): Promise<void> {
    return change(connectionId, (marks) => {
      const others = marks.favourites.filter((other) => other !== topic)
      const isNew = others.length === marks.favourites.length
      return { ...marks, favourites: isNew ? [...others, topic] : others }
    })
  }

  /** @throws {AppError} */
  function setHidden(connectionId: string, edit: (hidden: readonly string[]) => readonly string[]): Promise<void> {
    return change(connectionId, (marks) => ({ ...marks, hidden: [...new Set(edit(marks.hidden))] }))
  }

  /** Forgets the tabs that are closed. */
  function keepOnly(connectionIds: ReadonlySet<string>): void {
    for (const id of [...known.keys()]) if (!connectionIds.has(id)) known.delete(id)
  }

  return { marksOf, load, toggleFavourite, setHidden, keepOnly }
})
