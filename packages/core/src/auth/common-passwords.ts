/**
 * What lists of stolen passwords have most of, by its root: lower case, without the digits and signs that people put at the
 * end, and with the letters that digits stand for. So one word here is "Welcome1", "w3lcome@2024" and "WELCOME!!" too.
 */
export const COMMON_ROOTS = new Set(
  `password passwort passwd pass passcode motdepasse contrasena parola secret secrets mysecret mypassword mypass
  yourpassword newpassword oldpassword thepassword passwordpassword default login logon signin guest user username
  admin administrator adminadmin superadmin sysadmin root toor rootroot master webmaster manager operator support
  service server system systems database oracle mysql postgres linux ubuntu windows microsoft office computer
  laptop internet network wireless router cisco google gmail yahoo facebook instagram whatsapp twitter youtube
  linkedin amazon netflix hotstar flipkart paytm phonepe android iphone samsung nokia apple changeme change
  changeit letmein letmeinnow openup opensesame enter access accessdenied test tester testing testtest tests demo
  temp temporary sample example hello hellohello helloworld welcome welcomehome welcomeback goodmorning goodluck
  whatever nothing something anything nopassword dontknow forgot forgotten iforgot trustno trustnoone
  iloveyou iloveu ilove loveyou lovely lover lovers love loveme lovelove mylove truelove onelove babylove sweetheart
  darling honey baby babygirl babyboy angel angels sweety sweetie cutie cutiepie princess prince queen king kings
  mother father mummy daddy mommy family friend friends bestfriend friendship forever together happy happiness
  smile sunshine sunflower sunrise sunset rainbow butterfly flower flowers rose roses lotus jasmine summer winter
  spring autumn monsoon january february march april june july august september october november december monday
  tuesday wednesday thursday friday saturday sunday
  football baseball basketball soccer hockey cricket cricketer tennis badminton kabaddi golfer dolphin dolphins
  eagle eagles tiger tigers lion lions panther cowboy cowboys yankees steelers lakers arsenal liverpool chelsea
  barcelona realmadrid manchester united juventus ronaldo messi neymar beckham
  superman batman spiderman ironman avengers captain wolverine pokemon pikachu naruto dragon dragonball monkey
  monkeys mustang ferrari porsche mercedes corvette harley yamaha honda suzuki toyota jaguar killer hunter
  shadow phoenix matrix starwars startrek jedi ninja samurai pirate wizard merlin magic legend warrior warcraft
  minecraft fortnite roblox counter playstation nintendo gamer player ranger soldier freedom liberty justice
  cheese chocolate cookie cookies banana orange cherry strawberry pepper peaches coffee butter sugar candy
  michael jordan jessica jennifer michelle ashley daniel matthew joshua andrew thomas robert charlie william
  anthony nicole amanda samantha hannah george alexander benjamin christopher elizabeth victoria nicholas
  india indian indiaindia bharat hindustan jaihind jaishriram jaimatadi shriram sriram hanuman ganesh ganesha ganpati
  krishna harekrishna radhakrishna radheradhe radha omsairam sairam saibaba omnamahshivaya shivaya shiva mahadev
  harharmahadev lakshmi saraswati durga bhagwan waheguru allah bismillah mashallah inshallah jesus jesuschrist
  godisgreat godisgood godbless blessed blessing sachin sachintendulkar tendulkar dhoni msdhoni virat viratkohli
  kohli rohit rohitsharma bumrah shahrukh shahrukhkhan salman salmankhan aamirkhan amitabh bachchan rajnikanth
  rajinikanth prabhas maheshbabu alluarjun pawankalyan ramcharan katrina deepika priyanka aishwarya
  kumar sharma verma singh gupta patel reddy yadav priya pooja rahul amit anil sunil ankit neha sneha kavita sanjay
  vijay ajay ravi suresh ramesh mahesh rajesh rakesh mukesh deepak prakash santosh manish ashok vinod arjun karthik
  mumbai delhi newdelhi kolkata chennai bangalore bengaluru hyderabad pune ahmedabad kerala punjab gujarat
  rajasthan karnataka tamilnadu telangana andhra pakistan bangladesh america london newyork california
  bollywood tollywood kollywood cinema cinemas movie movies film films ticket tickets theatre popcorn marquee
  qwerty qwert qwertyu qwertyui qwertyuiop asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl zxcv zxcvb zxcvbn zxcvbnm
  qazwsx qazwsxedc wsxedc qweasd qweasdzxc qwerasdf asdzxc zaqwsx zaqxsw azerty azertyuiop abcd abcde abcdef abcdefg
  abcdefgh abcabc abc aaa xxx xyz qqqwww qwe asd zxc wasd passpass googlegoogle lalala blabla blahblah haha hahaha
  hihihi nahi bakwas chutiya fuckyou fuckoff fuck asshole bitch sexy sexsex biteme hacker hacked hackme idontknow
  youknow imissyou missyou marryme mylife lifeisgood goodlife dreams dream dreamer believe success winner champion
  champ money dollar rupees rich million millionaire business company office work home house school college student
  teacher doctor engineer lawyer mobile phone number myname noname nobody somebody someone everyone anyone`
    .split(/\s+/)
    .filter(Boolean),
)

/** Common as they are: mostly digits, or letters and digits mixed in a pattern of the keyboard. */
export const COMMON_PASSWORDS = new Set(
  `1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 2wsx3edc 3edc4rfv
  qwe123qwe qwe12345 123qwe123 123qweasd 123qwe456 q1q1q1q1 a1b2c3d4 a1s2d3f4 1a2b3c4d 1a2s3d4f aa112233 aabb1122 abc12345
  abc123abc 123abc123 12345abc 123456ab 123456abc 1234abcd 12345qwe 123456qw 12345678a 123456789a a12345678 a123456789
  1234567a 1234567q 12341234 12121212 13131313 11223344 1122334455 112233445566 44332211 55667788 99887766 10203040
  1020304050 123123123 321321321 123321123 12344321 1234554321 123454321 147258369 147852369 159753456 159357456 741852963
  789456123 789123456 456789123 963852741 987456321 14725836 15975346 25802580 14141414 20202020 10101010 19191919
  69696969 77777777 90909090 01234567 19801980 19901990 20002000 20202021 20232024 20242025 20252026 p@55w0rd pa55word
  pa55w0rd p455w0rd passw0rd1 password1234 4dm1n123 j4ih1nd1 9876543210 8765432109 7777777777 9999999999 9000000000`.split(
    /\s+/,
  ),
)
