package dev.tactus.sim.mujoco;

import java.nio.file.Path;

/** Makes a call that the checks of this package would refuse: MuJoCo calls its error handler. */
final class FatalErrorInChild {
    private FatalErrorInChild() {}

    public static void main(String[] arguments) {
        try (MujocoModel model = MujocoModel.load(Path.of(arguments[0]))) {
            System.out.print("before the error ");
            MujocoFunctions.stateSize(model.address(), 1 << 20);
            System.out.println("not reached");
        }
    }
}
