/** It gives way to the answer once there is one. */
export function FormHeading() {
  return (
    <>
      <h1 className="text-34 sm:text-48">Be told when booking opens</h1>
      <p className="mt-3 mb-7 max-w-[56ch] text-muted sm:mb-9">
        We watch Marquee and other cinema sites for you. When we see that seats can be booked, we call, text or mail
        you: once, and with the proof.
      </p>
    </>
  )
}
