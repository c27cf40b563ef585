/** What a case may need of the stack that the owner of an account deploys once, and what for. */
export const FIXED_PARTS = {
  codes: 'read a code that was sent',
  messages: 'read to whom messages were sent',
  deliveries: 'cause e-mails or SMS, which the stack keeps from being sent',
  triggers: 'ask what a function of the pool was invoked with',
  sms: 'need a role for SMS',
  'tokens-without-scope': 'need a token without the scope aws.cognito.signin.user.admin',
} as const;

export type FixedPart = keyof typeof FIXED_PARTS;
