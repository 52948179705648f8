import type { Answer } from '../threads/calls'
import type { EngineApi, EngineEvent } from './engine-api'

export type EngineMethod = keyof EngineApi

/** What an engine's thread posts: the answer to a call, or news. */
export type EnginePost = Answer | { kind: 'event'; event: EngineEvent }
