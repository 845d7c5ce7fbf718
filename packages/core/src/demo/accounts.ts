import type { UserRole } from '@marquee/contracts/auth'

/** Shown on the sign-in page of a demo. They exist only where the demo catalogue was loaded. */
export const DEMO_ACCOUNTS = [
  account('Asha Reddy', 'asha@demo.marquee.example', 'customer'),
  account('Farhan Ali', 'admin@demo.marquee.example', 'admin'),
  account('Lakshmi Iyer', 'superadmin@demo.marquee.example', 'superadmin'),
] as const

function account(name: string, email: string, role: UserRole) {
  return { name, email, role, password: 'foyer-lights-7' }
}

/** The public that bought the demo's sold seats. They have no password: nobody can sign in as them. */
export const DEMO_GUESTS = [
  'Aarav Menon',
  'Aditi Kulkarni',
  'Akash Bose',
  'Ananya Pillai',
  'Arjun Nair',
  'Bhavana Rao',
  'Chetan Gowda',
  'Deepika Shah',
  'Devansh Patel',
  'Divya Srinivasan',
  'Esha Banerjee',
  'Farida Khan',
  'Ganesh Babu',
  'Harini Krishnan',
  'Ishaan Verma',
  'Jaya Thomas',
  'Karan Malhotra',
  'Kavitha Raman',
  'Lakshay Jain',
  'Madhuri Joshi',
  'Manoj Yadav',
  'Meenakshi Das',
  'Naveen Chowdary',
  'Neha Saxena',
  'Nikhil George',
  'Pallavi Hegde',
  'Pranav Desai',
  'Priya Mathew',
  'Rahul Sinha',
  'Ramya Venkat',
  'Ritika Arora',
  'Rohan Fernandes',
  'Saanvi Gupta',
  'Sameer Sheikh',
  'Sandhya Prasad',
  'Shalini Mehta',
  'Siddharth Roy',
  'Sneha Kurian',
  'Sunil Pawar',
  'Tara Bhat',
  'Uday Kiran',
  'Varsha Naidu',
  'Vikram Sethi',
  'Yamini Suresh',
].map((name) => ({ name, email: `${name.toLowerCase().replace(' ', '.')}@guests.marquee.example` }))
