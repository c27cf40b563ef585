// For CustomMessage: puts the event on the queue and gives it back as it came, so that the message keeps its default wording.
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');

const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

exports.handler = async (event) => {
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(event) }));
  return event;
};
