curl --silent http://127.0.0.1:9229 \
  --header 'Content-Type: application/x-amz-json-1.1' \
  --header 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' \
  --data '{
    "AuthFlow": "USER_PASSWORD_AUTH",
    "ClientId": "web",
    "AuthParameters": { "USERNAME": "ada", "PASSWORD": "Correct-horse-1" }
  }'

curl --silent http://127.0.0.1:9229/_mock/messages/us-east-1_app/ada
