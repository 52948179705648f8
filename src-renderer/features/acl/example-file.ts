/** An ACL file to begin with. It stays as it is: what stands in an `acl_file` has no language but its own. */
export const EXAMPLE_FILE = `# Admin user has full access
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
