import type { PolicyDocument } from '@shared/acl/policy-document'

const ACL_FILE = `# Admin user has full access
user admin
topic readwrite #

# Sensors publish to their own topics only
pattern read  sensors/%u/+
pattern write sensors/%u/+

user gateway_01
topic read  sensors/+/+
topic write gateways/gateway_01/+

user analytics
topic read  #

user alert_service
topic read  alerts/+
topic write notifications/+
`

const DYNSEC_FILE = `{
  "defaultACLAccess": {
    "publishClientSend": false,
    "publishClientReceive": true,
    "subscribe": false,
    "unsubscribe": true
  },
  "clients": [
    {
      "username": "gateway_01",
      "password": "aGFzaA==",
      "salt": "c2FsdA==",
      "iterations": 101,
      "roles": [{ "rolename": "gateway" }]
    },
    {
      "username": "analytics",
      "password": "aGFzaA==",
      "salt": "c2FsdA==",
      "iterations": 101,
      "roles": [{ "rolename": "reader" }]
    }
  ],
  "groups": [],
  "roles": [
    {
      "rolename": "gateway",
      "acls": [
        { "acltype": "publishClientSend", "topic": "gateways/secret/#", "priority": 1, "allow": false },
        { "acltype": "publishClientSend", "topic": "gateways/#", "priority": 0, "allow": true },
        { "acltype": "subscribePattern", "topic": "sensors/#", "priority": 0, "allow": true }
      ]
    },
    {
      "rolename": "reader",
      "acls": [
        { "acltype": "subscribePattern", "topic": "#", "priority": 0, "allow": true }
      ]
    }
  ]
}
`

/** Files to begin with. They stay as they are: what stands in them has no language but its own. */
export const EXAMPLE_FILES: Readonly<Record<PolicyDocument['kind'], string>> = { 'acl-file': ACL_FILE, 'dynamic-security': DYNSEC_FILE }
