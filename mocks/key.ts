/**
 * The key that signs every token of this mock. It is published with the mock, hence KNOWN TO EVERYONE: a token signed
 * with it proves nothing, which is why nothing but a mock may ever trust it. It is fixed because making one costs up
 * to half a second.
 */
export const signingJwk = {
  kty: 'RSA',
  n: 'qwrRDsRMKuWOfpXrDAvWwo2Z44Rm6sLCo9kGzRmE0_YGTBiThjwJFeCfchP32GabBgsYVK9oE2Sowz5ZIfK2iedC9udUHEkLU6WM-4ltYdbyPV3REll8OeSFuN4EnOHJxel3GtiFDlz_flzcwECCG-3esBoyEm0aRBOZBbSmKoJ1L9rk4bQAG0j5ctBgnzcgmiUz5fWOgM32VIbZlZQ87WDOwmsZUBHmpUwMKbC7Q97NugqrWMCIRUTSevbfAdNhbQ8Rk7U9_46MUUN5o5qaLsV9xfkLM25C0FYGFWa4IyWqcjecycghcVxXiiT23MEvHnKrrB4xFIYf92pj5JJVuQ',
  e: 'AQAB',
  d: 'SOm0A_D_LTwted3r1HdJhic55ki_XK1IrvMp2I3b10WmGpNRdCQslVRrdAR6H5hh1notVZBus_GxlYWDFpsyYGgi3kDv1Jz4xKAqkOHdLJumKS3QndtivwUhUhTm73-69XDYUqvhUKWpTpNEkXoOXNySlQydssgqrcGS9mEzgqPmwGa-OoGW3slDuC5iClKb6W0IGwyW9A8DyZ-L96eInrPVFQNO0T4oBdIqtuxDTn1VzBfyoOdE2EhDlar5QWvytLH-_750F5ligV3_7yqkTG9FDDQlGqh6rihZVPdPvgh-GzskaeMm-8wxMbWfxioLlyLRucFFSWBAXI3tbI_J7w',
  p: '2pYO45D-tl4TD2_W8ztS-PHWNClgTjOmGTNGAIkZhCVbTsCBjHaOtiNw5CvNIkMn7SOk6b2aM3k1Z4nc1svjbqPze7SH2_SOmmfqkuYFpyme_UqNSjUrkGJY4mhxORNC4aOb7eORIW6z_2yy9xdfUVWZPpdCjZUZg6mi8xL30Fc',
  q: 'yFF-bDsBq4IYywWUkb06QX0O624VbqAJxK983LP8FROdWhBJNSImd9SAuSIZG_sYkJHMwk70AjZZW5NXl4adIkAOCk_23guEiYCf08HZ6tKlbE4D00tM4QA8KP32GWWDzi8Slu6vi2mL1SdkzKx7jtTyGqp9g0OzuGL2RR55AG8',
  dp: '0ZSxP-aFImw-0D1Glr5ZxtFxtV-6tCB3cJAl3VuWuIps6qxPSlNecCq5Ej0hGWnUfV4AwBCIKjRcTSL1OIoTTcErMoAdB3uLw2ZBlomv_-A7TdbOc8lZNL3nRWYosTXTma8aUdQxEiInuY8KZTnmrYBqR4YWTNQZu5DJ6VBVhU8',
  dq: 'E4HMG-ILIZaDr5GVjDOvLp1tDIQl1iYDjYHBWQS18Z99XT3kwyXWNSked-jYJR9onvtzwyBJJsYAIajRiNH1D1bJhzuOQMVCXNmHtulTvUhSD5_xQ2w7ylVphlxk0MhP844l80i_E4ZttY4mhL_vMFOQWARuQJAhOj142fZDtkU',
  qi: 'mfwn0bj5LIc8fNhXNMR248X5bkLE5dZwuEPhFEkz6Kbk0UxYJunjzKgFWu96Hr_oG10o-lXWQ5M7Cmds3PHFXBJe_yuEvkgj5NPmze-TUiXz9KuMGGI42cWxdxVhdI3rUUze1b1N8PL5pGyc3jNyQKXL0Pvgj3jINUntNMhQdW8',
  alg: 'RS256',
  use: 'sig',
};

export const signingKid = 'known-to-everyone';
