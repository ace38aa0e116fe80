package dev.tactus.training.nn;

import dev.tactus.policies.command.DoctorCheck;
import dev.tactus.policies.command.MissingPartException;

/** What {@code ./tactus doctor} says of libtorch and MKL. */
public final class TorchCheck implements DoctorCheck {

    /** Makes the check. */
    public TorchCheck() {}

    @Override
    public Finding look() {
        try {
            return new Finding("libtorch", State.PRESENT, Torch.version() + ", " + Torch.mklVersion());
        } catch (MissingPartException e) {
            return new Finding("libtorch", State.ABSENT, e.getMessage() + " Only ./tactus train needs it.");
        }
    }
}
