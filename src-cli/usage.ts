/** What `--help` prints. */
export const USAGE = `Usage: pubscope-acl COMMAND …      (in the repository: npm run -s acl -- COMMAND …)

What may a client do by a Mosquitto acl_file, and which line says so?

Commands
  check FILE…                  What is wrong or surprising in ACL files.
    --format plain|json        one line a finding (plain), or one JSON object a file
  decide --acl FILE [--user NAME] [--client ID] --access ACCESS TOPIC
                               May this client do this? Without --user: a client without a user name.
    --access ACCESS            read, write, subscribe or unsubscribe
    --trace                    also every line that was considered, in the broker's order
    --format plain|json
  test CASES…                  Tries the expectations in YAML or JSON documents:
                                 acl: acl.conf             # from the document's folder
                                 version: "2.0"
                                 cases:
                                   - { user: alice, access: write, topic: a/b, expect: denied }
                                   - { user: null, client: dev-1, access: read, topic: a, expect: allowed, line: 3, note: why }
    --acl FILE                 try them on this file instead
    --junit FILE               also write a JUnit report
  generate --acl FILE TOPICS   Writes cases for “test” from what the file decides now: its users and anonymous × the topics of a
                               file, one a line × read and write. A change of the ACL file that changes a decision then fails.
    --format plain|json        YAML (plain) or JSON
  serve                        Answers JSON lines on stdin with one JSON line each on stdout, in order:
                                 {"op":"load","acl":TEXT,"version":"2.0"|"2.1"} → {"ok":BOOL,"line":FIRST BAD LINE|null}
                                 {"op":"decide","username":S|null,"client_id":S,"access":ACCESS,"topic":S} → {"allowed":BOOL,"line":N|null}
                                 {"op":"match","filter":S,"topic":S} → {"match":BOOL}
                                 {"op":"topic"|"filter","s":S} → {"valid":BOOL}
                               What cannot be answered: {"error":WHY}. Lines of more than 16 MiB are not read.

Everywhere
  --version 2.0|2.1            the rules of which Mosquitto (2.0; for test: what the document says)
  --help, -h                   this text
  An ACL file may be a dynamic-security.json too.
  FILE may be - for standard input. Files are bytes: they need not be UTF-8.

Exit codes
  0  check: no errors · decide: allowed · test: all passed · generate: written · serve: the input ended
  1  check: errors · test: cases failed · decide, test, generate: Mosquitto would refuse the file
  2  not done: wrong arguments, or a file that cannot be read or written
  3  decide: denied
`
