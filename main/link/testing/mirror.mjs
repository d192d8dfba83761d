// A child process that sends back what it is sent.
process.on('message', (message) => process.send(message))
