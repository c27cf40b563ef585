// For CustomEmailSender and CustomSMSSender: puts the event on the queue as it came. Its code stays encrypted, and nothing is sent.
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');

const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

exports.handler = async (event) => {
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(event) }));
};
