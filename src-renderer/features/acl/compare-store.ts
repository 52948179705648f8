import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { readPolicy, type PolicyDocument } from '@shared/acl/policy-document'
import { brokerVersionSchema } from '@shared/acl/question'
import { useAclFileStore } from './acl-file-store'
import { useAclStore } from './acl-store'

/** What the editor's text is compared with: as it was saved, another file, a text, or itself by the other version's rules. */
export type ComparedKind = 'disk' | 'file' | 'pasted' | 'version'

/** Another version of the file that is edited, and whether what it decides is marked in the matrix. */
export const useCompareStore = defineStore('acl-compare', () => {
  const acl = useAclStore()
  const files = useAclFileStore()
  const open = ref(false)
  const kind = ref<ComparedKind>('disk')
  const pasted = ref('')
  const chosen = shallowRef<{ readonly name: string; readonly text: string } | null>(null)
  /** The editor's text is what was before. */
  const swapped = ref(false)
  const marking = ref(false)

  const otherVersion = computed(() => brokerVersionSchema.options.find((version) => version !== acl.version) ?? acl.version)

  /** Null: nothing is chosen yet. */
  const other = computed<PolicyDocument | null>(() => {
    switch (kind.value) {
      case 'disk':
        return readPolicy(files.savedText, acl.version)
      case 'file':
        return chosen.value === null ? null : readPolicy(chosen.value.text, acl.version)
      case 'pasted':
        return pasted.value === '' ? null : readPolicy(pasted.value, acl.version)
      case 'version':
        return readPolicy(acl.text, otherVersion.value)
    }
  })
  const marked = computed(() => (marking.value ? other.value : null))

  return { open, kind, pasted, chosen, swapped, marking, otherVersion, other, marked }
})
