import type { TemplateFault } from '@shared/template/template-fault'
import { hasExpressions, parseTemplate, renderTemplate } from '@shared/template/template'
import type { TemplateScope } from '@shared/template/template-scope'
import { withText } from '../../mqtt/payload-text'
import type { Draft } from './draft'

/** A draft with its templates replaced, or the first fault in them. */
export type ResolvedDraft =
  | {
      readonly ok: true
      readonly draft: Draft
      /** Whether something was replaced. */
      readonly inTopic: boolean
      readonly inPayload: boolean
    }
  | { readonly ok: false; readonly part: 'topic' | 'payload'; readonly fault: TemplateFault }

/** Whether there is something to ask the user about: braces that could be a template. */
export function mayHaveTemplates({ topic, text, sealed, file }: Draft): boolean {
  return topic.includes('{{') || (!sealed && file === null && text.includes('{{'))
}

/** What would be sent. A payload in which nothing is replaced stays byte for byte. */
export function resolveDraft(draft: Draft, scope: TemplateScope): ResolvedDraft {
  if (!draft.usesTemplates || !mayHaveTemplates(draft)) return { ok: true, draft, inTopic: false, inPayload: false }
  const topic = rendered(draft.topic, scope)
  if (!topic.ok) return { ok: false, part: 'topic', fault: topic.fault }
  const text = draft.sealed || draft.file !== null ? { ok: true as const, text: draft.text, isReplaced: false } : rendered(draft.text, scope)
  if (!text.ok) return { ok: false, part: 'payload', fault: text.fault }
  return { ok: true, draft: { ...withText(draft, text.text), topic: topic.text }, inTopic: topic.isReplaced, inPayload: text.isReplaced }
}

function rendered(text: string, scope: TemplateScope) {
  const parsed = parseTemplate(text)
  if (!parsed.ok) return parsed
  const result = renderTemplate(parsed.template, scope)
  return result.ok ? { ...result, isReplaced: hasExpressions(parsed.template) || result.text !== text } : result
}
