// What amazon-cognito-identity-js still asks of a bundler.
export default { define: { global: 'globalThis' } };
