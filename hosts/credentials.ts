/** What signs requests to an endpoint that nothing else is known of, and what the mock as AWS knows. */
export function credentialsOf({
  AWS_ACCESS_KEY_ID: accessKeyId = 'conformance',
  AWS_SECRET_ACCESS_KEY: secretAccessKey = 'conformance',
}: NodeJS.ProcessEnv) {
  return { accessKeyId, secretAccessKey };
}
