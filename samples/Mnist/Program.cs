using Mnist;

return await MnistCommand.Create().Parse(args).InvokeAsync();
