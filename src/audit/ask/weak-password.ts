import { createHash } from 'node:crypto';

/** Words of the usual lists, of sample configurations and of what botnets were seen to try against Redis. */
const WORDS =
  'redis password passwd pass passw0rd p@ssw0rd p@ssword pa$$word admin administrator root test test1 testing user guest default secret letmein welcome qwerty qwertyuiop qwerty123 abc abc123 a123456 aa123456 master changeme change_me changeit dragon monkey iloveyou sunshine football baseball superman batman shadow login access server database db cache redisdb rediscache redis-server redispass redispassword redis_password redissecret mypassword mypass yourpassword your_password yourpass strongpassword strong_password supersecret supersecretpassword super_secret topsecret s3cret s3cr3t dev develop development prod production stage staging local localhost docker kubernetes k8s devops deploy ubuntu centos debian linux oracle mysql postgres postgresql mongo mongodb elastic rabbitmq kafka jenkins gitlab github zabbix nginx tomcat wordpress laravel django spring sidekiq celery cloud aliyun huawei tencent amazon azure google bitnami sentinel demo example sample temp tmp office company manager system sysadmin superuser sa web www backup foobar foobared foo bar baz hello helloworld hallo ninja starwars asdf asdfgh asdfghjkl zxcvbn zxcvbnm 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz@wsx q1w2e3r4 qazwsx qweasd qweasdzxc qwe asd zxc'.split(
    ' ',
  );
const TAILS =
  '1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 0 00 01 007 111 666 888 520 521 1314 ! !! !@# @ # $ . @1 @12 @123 @1234 @12345 @123456 #123 !123 _123 -123 123! 1234! 1! 123@ 123# 123.com'.split(
    ' ',
  );
const FIRST_YEAR = 2008;
const LAST_YEAR = 2027;

/** Whole ones: numbers, and what installation guides and compose files set for Redis. */
const WHOLE =
  '0 1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 987654321 87654321 654321 54321 4321 321 111111 11111111 000000 00000000 222222 555555 666666 777777 888888 88888888 999999 112233 11223344 121212 123123 123123123 123321 123654 147258 147258369 159357 159753 5201314 7758521 131313 a b x aaa aaaaaa 123qwe 123abc 1a2b3c 123456a 123456aa 123456abc 12345qwert !@#$%^ !@#$%^&* !QAZ2wsx !QAZ1qaz 1qaz!QAZ P@$$w0rd P@ssw0rd!@# Pa55w0rd Passw0rd! Qwer1234 Qwerty1! Aa123456. Aa@123456 Abcd1234 Abcd@1234 Admin@123 Root@123 Test@123 foobared sOmE_sEcUrE_pAsS str0ng_passw0rd eYVX7EwVmmxKPCDmwMtyKVge8oLd2t81 difyai123456 infini_rag_flow myredissecret ruoyi123 openIM123 pass.123 REPLACE_ME CHANGE_ME your-password your-redis-password my-secret-pw my_master_password str0ngp4ss'.split(
    ' ',
  );

let hashes: ReadonlySet<string> | undefined;

/** True when the SHA-256 (lower-case hex), as an ACL keeps it, is that of a password of this list. */
export function isWeakPasswordHash(sha256: string): boolean {
  hashes ??= new Set([...weakPasswords()].map(sha256Of));
  return hashes.has(sha256);
}

/** The same for a password in clear, as redis.conf may hold it. */
export function isWeakPassword(password: string): boolean {
  return isWeakPasswordHash(sha256Of(password));
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** About 25,000: each word small, with a capital and in capitals; alone, doubled, with a tail or a year. */
function* weakPasswords(): Iterable<string> {
  yield '';
  yield* WHOLE;
  for (const word of WORDS) {
    const capital = `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
    for (const shape of new Set([word, capital, word.toUpperCase()])) {
      yield shape;
      yield `${shape}${shape}`;
      for (const tail of TAILS) yield `${shape}${tail}`;
      for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        yield `${shape}${year}`;
        yield `${shape}@${year}`;
      }
    }
  }
}
