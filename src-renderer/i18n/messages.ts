/** What every room may need: how errors, a certificate’s time and invalid topic filters read. */
export const messages = {
  errors: {
    'invalid-arguments': {
      title: 'This cannot be done as asked',
      text: 'Pubscope refused its own request because a value was not allowed: {message}. Please report it.',
    },
    'not-allowed': { title: 'Not allowed', text: 'The request did not come from the app’s own window, so it was refused.' },
    'profile-not-found': {
      title: 'This profile no longer exists',
      text: 'It was deleted, perhaps in another window. Choose another one or make it anew.',
    },
    'profiles-unreadable': {
      title: 'Profiles cannot be read',
      text: 'Their file was written by a newer Pubscope. Nothing is changed in it; update Pubscope to use them.',
    },
    'connection-not-found': { title: 'This tab no longer exists', text: 'The connection was closed meanwhile.' },
    'connection-not-online': {
      title: 'Not connected',
      text: 'This needs a connection to the broker. Connect, then try again.',
    },
    'engine-unavailable': {
      title: 'The connection’s engine is not running',
      text: 'It stopped unexpectedly. Connect again to start a new one; what it had received is gone.',
    },
    'message-evicted': {
      title: 'This message is no longer kept',
      text: 'The message log reached its limit and let the oldest messages go. Choose a newer one.',
    },
    'packet-evicted': {
      title: 'This packet is no longer kept',
      text: 'The packet log reached its limit and let the oldest packets go, or it was cleared. Choose a newer one.',
    },
    'view-closed': {
      title: 'The chart was closed too early',
      text: 'Its points were still being written, so the file is not complete. Open the chart again and save it anew.',
    },
    'payload-not-encoded': {
      title: 'Not a payload of this format',
      text: 'The text cannot be written as this format: {reason}.',
    },
    'payload-unreadable': {
      title: 'The payload could not be read',
      text: 'Reading it needed more than this app allows. All its bytes are kept: look at them as Hex.',
    },
    'schema-not-found': {
      title: 'The schema is gone',
      text: 'It was deleted in the meantime.',
    },
    'schema-name-taken': {
      title: 'There is a schema of this name',
      text: '{name} is in the library already. Choose another name, or replace the text of that one.',
    },
    'schemas-too-large': {
      title: 'The schema library is full',
      text: 'A profile keeps at most 100 files, 1 MB each and 8 MB together. Delete what is no longer used.',
    },
    'payload-took-too-long': {
      title: 'Reading the payload took too long',
      text: 'It was given up so that nothing else waits. All its bytes are kept: look at them as Hex.',
    },
    'payload-no-text': {
      title: 'This payload is shown as bytes',
      text: 'In this format it is no text. Choose another format to see it as text or as a tree.',
    },
    'payload-not-json': {
      title: 'This payload is no JSON',
      text: 'An expression needs a structured value. Choose a format that the payload fits.',
    },
    'expression-invalid': {
      title: 'The expression cannot be evaluated',
      text: '{reason}',
    },
    'expression-empty': {
      title: 'The expression finds nothing',
      text: 'No value of this payload fits it.',
    },
    'payload-too-large': {
      title: 'The payload is too large',
      text: 'It is larger than what Pubscope sends in one message. Make it smaller and try again.',
    },
    'acl-file-too-large': {
      title: 'The file is too large',
      text: '“{name}” has more than {most} MB. An ACL file of that size is hardly one: choose another.',
    },
    'file-not-read': {
      title: 'The file could not be read',
      text: '“{name}” is gone, or may not be read ({reason}). Choose it again, or another one.',
    },
    'publish-forgotten': {
      title: 'This message is no longer remembered',
      text: 'The history keeps the newest publishes, and payloads of up to 64 kB. Write the message anew.',
    },
    'too-many': { title: 'Too many at once', text: 'A limit is reached. Close or remove something you no longer need.' },
    'retained-busy': {
      title: 'Retained messages are being dealt with already',
      text: 'Wait until that is done, or cancel it.',
    },
    'retained-not-kept': {
      title: 'This broker keeps no retained messages',
      text: 'Azure IoT Hub does not retain what is published; there is nothing to list.',
    },
    'retained-undo-gone': {
      title: 'This deletion can no longer be undone',
      text: 'What it took was let go to keep later deletions, or has been brought back already.',
    },
    'keyring-unavailable': {
      title: 'The system cannot encrypt the password',
      text: 'No keyring answers. Unlock or install one, or choose another way to keep the password.',
    },
    'password-needed': {
      password: {
        title: 'The password is needed again',
        text: 'It was kept only until Pubscope closed. Type it to connect.',
      },
      passphrase: {
        title: 'The passphrase of the private key is needed again',
        text: 'It was kept only until Pubscope closed. Type it to connect.',
      },
      proxyPassword: {
        title: 'The password for the proxy is needed again',
        text: 'It was kept only until Pubscope closed. Type it to connect.',
      },
      authenticationData: {
        title: 'The authentication data are needed again',
        text: 'They were kept only until Pubscope closed. Type them to connect.',
      },
      headers: {
        title: 'The values of the WebSocket headers are needed again',
        text: 'They were kept only until Pubscope closed. Type them to connect.',
      },
    },
    'system-proxy-unknown': {
      title: 'The system does not say which proxy to use',
      text: 'Asked for the way to the broker, it answered: {reason}. Check the network settings of this computer, or choose a proxy, or none, in the profile’s section Network.',
    },
    'connection-string-invalid': {
      title: 'The Azure connection string cannot be used',
      text: 'It is missing, or lacks HostName, DeviceId or SharedAccessKey. Edit the profile and paste the device’s connection string again.',
    },
    'certificate-unusable': {
      authority: {
        title: '{name} is no CA certificate',
        text: 'No certificate in PEM or DER can be read from it, or it is larger than 2 MB. Choose the file of the authority that issued the broker’s certificate.',
      },
      certificate: {
        title: '{name} is no client certificate',
        text: 'It is neither PEM nor PKCS#12 (.p12, .pfx), or larger than 2 MB. Choose another file.',
      },
      key: {
        title: '{name} is no private key',
        text: 'No private key in PEM can be read from it. Choose another file; a key may also be in the file of its certificate.',
      },
      viewing: {
        title: '{name} holds no certificate',
        text: 'No certificate in PEM, DER or PKCS#12 (.p12, .pfx) can be read from it, or it is larger than 2 MB. Choose another file.',
      },
      unreadable: {
        title: '{name} cannot be read',
        text: 'The system refused it: {reason}. Check that the file is there and that you may read it.',
      },
    },
    'certificate-missing': {
      title: 'What Pubscope kept of {name} is gone',
      text: 'It was removed from the settings folder. Edit the profile and choose the file again in its section TLS.',
    },
    'certificate-not-found': {
      title: 'This certificate is no longer here',
      text: 'It was deleted, or no profile uses its file any more. Choose another one.',
    },
    'wrong-file-password': {
      title: 'The password does not open {name}',
      text: 'Try again; capital letters and the keyboard’s language count.',
    },
    'file-protection-unknown': {
      title: '{name} is protected in a way Pubscope does not read',
      text: 'It is damaged, or uses an old method such as RC2 or triple DES. Export it anew with AES-256 (OpenSSL 3 does so), or choose its certificate in PEM.',
    },
    'private-key-unavailable': {
      title: 'The private key cannot be read',
      text: 'Its file in the settings folder is gone, or the system’s keyring no longer opens it. Its certificate can still be exported; make a new one to go on.',
    },
    'storage-failed': {
      title: 'It could not be saved',
      text: 'Writing the file failed: {message}. Check free space and permissions of the folder, then try again.',
    },
    'transfer-unreadable': {
      'no-file': { title: '{file} is no file', text: 'It is a folder or a device. Choose a file.' },
      'too-large': { title: '{file} is too large', text: 'A file with profiles has at most 16 MB. Choose another one.' },
      unreadable: {
        title: '{file} cannot be read',
        text: 'The system refused it: {reason}. Check that the file is there and that you may read it.',
      },
      'not-json': {
        title: 'This is neither JSON nor a Mosquitto command',
        text: 'Export as JSON where the program offers several formats. A command begins with mosquitto_sub or mosquitto_pub.',
      },
      'too-deep': { title: 'This JSON is nested too deeply', text: 'No program exports connections like that. Choose another file.' },
      'nothing-found': {
        title: 'No connections found',
        text: 'It is JSON, but neither of MQTT Explorer, nor of MQTTX, nor of Pubscope, or it holds no connection. Choose another file.',
      },
      'too-many': { title: 'Too many profiles', text: 'At most 1,000 can be imported at a time. Split the file.' },
      newer: { title: 'A newer Pubscope wrote this file', text: 'Update Pubscope to import it.' },
      broken: {
        title: 'This file is damaged',
        text: 'It says that Pubscope wrote it, but parts are missing or not valid. Export it again.',
      },
      'open-quote': { title: 'A quote is not closed', text: 'Copy the whole command, from its first word to its last.' },
      operator: {
        title: 'This is more than a command',
        text: "Pipes, redirections and the like ({'|'} & < > ( )) cannot be read. Paste the mosquitto command alone; quote such characters within it.",
      },
    },
    'transfer-gone': {
      title: 'This import is no longer open',
      text: 'Another one was opened since. Choose the file again.',
    },
    'passphrase-wrong': {
      title: 'Wrong passphrase, or the file was changed',
      text: 'Which of the two cannot be told. Type the passphrase again, or get the file anew.',
    },
    'file-not-written': {
      title: '{name} could not be written',
      text: 'The system refused it: {reason}. Check free space and whether you may write there, or choose another folder.',
    },
    'collection-full': {
      title: 'No more fits into the collections',
      text: 'There may be 2,000 folders and messages, and folders five deep in each other. Delete something, or put it higher up.',
    },
    'collection-item-gone': { title: 'This is no longer in the collections', text: 'It was deleted meanwhile. Choose another message or folder.' },
    'collection-unreadable': {
      'no-file': { title: '{file} is no file', text: 'It is a folder or a device. Choose a file.' },
      'too-large': { title: '{file} is too large', text: 'A file with saved messages has at most 8 MB. Choose another one.' },
      unreadable: {
        title: '{file} cannot be read',
        text: 'The system refused it: {reason}. Check that the file is there and that you may read it.',
      },
      'not-json': { title: '{file} is no JSON', text: 'Choose a file that was exported from the page Collections.' },
      'too-deep': { title: '{file} is nested too deeply', text: 'Folders may lie five deep in each other. Choose another file.' },
      'no-collection': { title: '{file} holds no saved messages', text: 'Choose a file that was exported from the page Collections.' },
      newer: { title: 'A newer Pubscope wrote {file}', text: 'Update Pubscope to import it.' },
      broken: { title: '{file} is damaged', text: 'Something in it is missing or not valid, at {reason}. Export it again.' },
      'too-many': { title: '{file} holds too much', text: 'At most 2,000 folders and messages can be imported. Split the file.' },
    },
    'rows-unreadable': {
      'no-file': { title: '{file} is no file', text: 'It is a folder or a device. Choose a file.' },
      'too-large': { title: '{file} is too large', text: 'A file of rows has at most 16 MB. Split it.' },
      unreadable: {
        title: '{file} cannot be read',
        text: 'The system refused it: {reason}. Check that the file is there and that you may read it.',
      },
      'not-utf8': { title: 'The file is no UTF-8 text', text: 'Export it as CSV in UTF-8.' },
      'open-quote': { title: 'A quote in row {at} is not closed', text: 'Put double quotes around values that hold quotes, and double those within.' },
      'no-rows': { title: 'There are no rows', text: 'The first line names the columns; each line below it is a row.' },
      'too-many-rows': { title: 'Too many rows', text: 'At most 100,000 rows can be run. Split the file.' },
      'too-many-columns': { title: 'Too many columns', text: 'At most 200 columns can be used. Leave some out.' },
      'unnamed-column': { title: 'Column {at} has no name', text: 'Name every column in the first line.' },
      'column-twice': { title: 'Column {at} has the name of another', text: 'Give each column a name of its own in the first line.' },
      'uneven-row': { title: 'Row {at} has more or fewer values than there are columns', text: 'Put double quotes around values that hold the separator.' },
      forgotten: { title: 'These rows are no longer kept', text: 'Choose the file again.' },
    },
    'saved-message-invalid': {
      'no-topic': { title: '“{name}” has no topic', text: 'Say where it is published, then send it.' },
      topic: { title: 'The topic of “{name}” is none to publish to', text: 'A topic has no wildcards; if it holds templates, switch “Use templates” on.' },
      payload: { title: 'The payload of “{name}” is not valid', text: 'The text is no payload of the chosen format. Mend it, or choose another format.' },
      'empty-folder': { title: '“{name}” holds no message', text: 'Put a message into it, then send it.' },
    },
    'disk-full': { title: 'No space left for {name}', text: 'The disk is full, or your share of it. Make room or choose another disk, then try again. What was there before is untouched.' },
    'write-denied': {
      title: '{name} may not be written there',
      text: 'The system does not let Pubscope write to this folder or file. Choose another folder.',
    },
    'export-gone': { title: 'The table was closed', text: 'Nothing was exported. Open the table again, then export.' },
    'too-many-files': {
      title: '{count} files would be too many',
      text: 'At most {limit} payloads are exported as files at a time. Filter or select fewer rows, or export as JSON Lines.',
    },
    'demo-broker-failed': {
      title: 'The demo broker did not start',
      text: 'Starting it on this computer failed: {message}. Try again, or connect to a broker of your own.',
    },
    internal: {
      title: 'Something went wrong in Pubscope',
      text: 'This is a fault of the app, not yours: {message}. Try again; if it stays, restart Pubscope and report it.',
    },
  },
  certificateValidity: {
    expired: 'expired today | expired {n} day ago | expired {n} days ago',
    notYet: 'begins in less than a day | begins in {n} day | begins in {n} days',
    expiresSoon: 'expires in less than a day | expires in {n} day | expires in {n} days',
  },
  filterFault: {
    empty: 'Type a topic filter.',
    'too-long': 'A topic filter holds at most 65,535 bytes.',
    nul: 'A topic filter must not contain the NUL character.',
    'ill-formed': 'The text is not valid Unicode (half of a surrogate pair).',
    wildcard: 'Wildcards are not allowed here.',
    'plus-not-alone': '+ stands for a whole level: write a/+/b, not a/x+/b.',
    'hash-not-alone': '# stands for whole levels: write a/#, not a/x#.',
    'hash-not-last': '# must be the last level: a/#, not a/#/b.',
    'share-name': 'A shared subscription reads $share/name/filter, with a name without wildcards.',
  },
}
