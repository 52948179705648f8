import { useToasts } from '../ui/toasts'
import { useErrorText } from './error-text'

/** Shows anything that was thrown to the user, as a toast. */
export function useReport(): (error: unknown) => void {
  const errorText = useErrorText()
  const { show } = useToasts()
  return (error) => void show({ tone: 'danger', ...errorText(error) })
}
