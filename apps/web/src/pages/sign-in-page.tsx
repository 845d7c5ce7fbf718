export function SignInPage() {
  return <div className="wrap py-12" />
}
