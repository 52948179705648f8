import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { unpackFrame } from '@shared/views/frame-codec'
import type { FrameOf } from '@shared/views/view-frame'
import type { SpecOf, ViewKind } from '@shared/views/view-spec'
import { listen, request } from './client'

/** What a component looks at: a view of a connection, or nothing (hidden, no tab). */
export type ViewTarget<Kind extends ViewKind> = { connectionId: string; spec: SpecOf<Kind> } | null

export interface View<Kind extends ViewKind> {
  /** The newest frame; null until the first one of the present connection has come. */
  readonly frame: Readonly<ShallowRef<FrameOf<Kind> | null>>
  /** Main's number for the open view, or null. */
  readonly viewId: Readonly<ShallowRef<number | null>>
  /** Why the view could not be opened; null when it could. */
  readonly error: Readonly<ShallowRef<unknown>>
}

/**
 * Keeps one view open as `target` says: opens it, follows changes of its spec, closes it when the target
 * becomes null or another connection's, or the component goes. Each frame is acknowledged once it is drawn,
 * so that a slow page gets fewer frames rather than a queue of old ones.
 */
export function useView<Kind extends ViewKind>(target: Ref<ViewTarget<Kind>>): View<Kind> {
  const frame = shallowRef(null) as ShallowRef<FrameOf<Kind> | null>
  const viewId = shallowRef<number | null>(null)
  const error = shallowRef<unknown>(null)
  let generation = 0

  const stopListening = listen('views.frame', ({ viewId: id, bytes }) => {
    if (id !== viewId.value) return
    frame.value = unpackFrame(bytes) as FrameOf<Kind>
    requestAnimationFrame(() => void request('views.acknowledge', { viewId: id }).catch(() => undefined))
  })

  function close(): void {
    generation += 1
    const id = viewId.value
    viewId.value = null
    frame.value = null
    if (id !== null) void request('views.close', { viewId: id }).catch(() => undefined)
  }

  async function open(connectionId: string, spec: SpecOf<Kind>): Promise<void> {
    close()
    const mine = generation
    try {
      const opened = await request('views.open', { connectionId, spec })
      if (mine !== generation) {
        await request('views.close', opened)
        return
      }
      viewId.value = opened.viewId
      error.value = null
      const latest = target.value
      if (latest !== null && latest.spec !== spec) await request('views.update', { ...opened, spec: latest.spec })
      // Main holds the first frame back until the page says that it knows the view's number.
      await request('views.acknowledge', opened)
    } catch (reason) {
      if (mine === generation) error.value = reason
    }
  }

  watch(
    target,
    (now, before) => {
      if (now === null) close()
      else if (before === null || before === undefined || before.connectionId !== now.connectionId) {
        void open(now.connectionId, now.spec)
      } else if (viewId.value !== null) {
        void request('views.update', { viewId: viewId.value, spec: now.spec }).catch((reason: unknown) => {
          error.value = reason
        })
      }
    },
    { immediate: true },
  )

  onScopeDispose(() => {
    stopListening()
    close()
  })
  return { frame, viewId, error }
}
